from tests.crestron_homeseer.conftest import *
async def test_l(hass, homeseer_loaded, system):
    print(sorted(s.entity_id+"="+s.state+str(s.attributes.get("brightness","")) for d in ("light","switch","fan") for s in hass.states.async_all(d)))
    from simulator.homeseer import HomeSeerSystem
    print([x for x in dir(system) if not x.startswith("_")])
