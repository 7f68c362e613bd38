from homeassistant.setup import async_setup_component
from homeassistant.helpers import entity_registry as er, device_registry as dr, area_registry as ar, floor_registry as fr, intent
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.components import conversation
from homeassistant.core import Context
import time

FLOORS = {
 "Ground Floor": (("downstairs","Erdgeschoss"), ("Kitchen","Living Room","Dining Room","Hallway","Garage","Theater")),
 "Upstairs": (("Obergeschoss","first floor"), ("Master Bedroom","Master Bath","Office","Guest Bedroom","Kids Room","Guest Bath")),
}
GERMAN = {"Kitchen":"Küche","Living Room":"Wohnzimmer","Master Bedroom":"Schlafzimmer","Office":"Büro","Garage":"Garage","Dining Room":"Esszimmer", "Kids Room":"Kinderzimmer"}
EN = """open the kitchen shade
close the kitchen shade
set the kitchen shade to 30 %
set kitchen shade position to 30%
open the bedroom blinds
close the shades in the living room
open the blinds in the master bedroom
set the bedroom blinds to 30 %
close the shades
close all the shades
stop the office shade
set the office blind to 40 percent
open the office blind
close the curtains in the dining room
open the dining room drapes
raise the kitchen shade
lower the kitchen shade
turn on the shades in the office
close the blinds upstairs
open the garage door
close the garage door
is the garage door open
is the kitchen shade open
which shades are open
are any doors open
are any windows open
which windows are open
is the front door open
is the front door locked
lock the front door
unlock the front door
unlock the terrace door
lock all the doors
are any doors unlocked
turn on movie night
activate movie night
turn on whole house movie night
turn on good night
activate the scene whole house movie night
turn on theater shades closed
turn on lighting events dinner
activate dinner
activate movie time
turn off the lights in the kitchen
turn on the lights in the kitchen
turn off all the lights
turn off the lights upstairs
turn on the downlights in the kitchen
turn on downlights
dim the chandelier to 20 %
set the living room lamp to 50% brightness
set the bookshelf light to red
set the kitchen brightness to 40%
turn on the coffee maker
turn off the water heater
turn on the ceiling fan
set the ceiling fan to 50%
set the porch fan speed to 67 percent
turn off the bedroom fan
what's the temperature upstairs
what is the temperature in the dining room
what is the temperature of the upstairs thermostat
set the temperature in the office to 70 degrees
set upstairs thermostat to 70 degrees
set the temperature in the guest bedroom to 72 degrees
set the temperature upstairs to 72
turn off the office thermostat
turn on the ctstat
what is the humidity in the dining room
is there motion in the hallway
is smoke detected in the kitchen
are any lights on
which lights are on in the kitchen
is the coffee maker on
turn on the theater
turn on music in the kitchen
set the kitchen volume to 30%
pause the living room sonos
play living room sonos
resume
set the living room sonos volume to 40 percent
mute the living room sonos
next track on the living room sonos
turn on vacation mode
turn off guest mode
arm the alarm
what is the brightness of the kitchen dimmer
how much power does the coffee maker use
turn on pantry light for 5 minutes
what's the outside temperature
is the bath window open
turn on the yard light
turn everything off in the office
what is the state of house mode
open the workshop door
open theater blackout
close blackout
open sheers
what is the battery of the front door lock""".splitlines()
DE = """öffne den Kitchen Shade
schließe den Kitchen Shade
stelle Kitchen Shade auf 30 %
setze Kitchen Shade auf 30 Prozent
öffne die Rollos in der Küche
schließe alle Rollos im Wohnzimmer
fahre die Rollos im Schlafzimmer herunter
schließe die Jalousien im Büro
schließe die Vorhänge im Esszimmer
stelle die Rollos im Schlafzimmer auf 30 %
schließe alle Rollos
fahre den Küchenrollo hoch
schließe die Rollos im Obergeschoss
schließe die Haustür ab
verriegle die Haustür
schließe die Haustür auf
ist die Haustür abgeschlossen
ist die Haustür offen
sind Türen offen
sind irgendwelche Türen offen
sind Fenster offen
welche Fenster sind offen
öffne das Garage Door
öffne das Garagentor
ist das Garagentor offen
aktiviere Filmabend
starte Filmabend
schalte Filmabend ein
schalte das Licht in der Küche ein
schalte das Licht in der Küche aus
schalte alle Lichter aus
schalte die Lichter im Obergeschoss aus
dimme den Kronleuchter auf 20 %
stelle Chandelier auf 20 %
schalte Coffee Maker ein
schalte die Kaffeemaschine ein
mach die Kaffeemaschine an
schalte den Ceiling Fan ein
stelle Ceiling Fan auf 50 %
wie warm ist es im Esszimmer
wie ist die Temperatur im Esszimmer
wie warm ist es im Obergeschoss
stelle die Temperatur im Büro auf 70 Grad
stelle das Thermostat im Büro auf 20 Grad
stelle die Temperatur im Obergeschoss auf 72 Grad
welche Lichter sind an
ist die Kaffeemaschine an
stelle die Lautstärke von Living Room Sonos auf 40 %
pausiere Living Room Sonos
nächster Titel auf Living Room Sonos
mach das Licht im Büro an
mach das Bookshelf Light rot
gibt es Bewegung im Flur
stelle die Lautstärke in der Küche auf 30 %""".splitlines()
ALIAS = {"lock.hallway_front_door":"Haustür", "cover.garage_garage_door":"Garagentor","scene.whole_house_movie_night":"Filmabend","switch.kitchen_coffee_maker":"Kaffeemaschine","light.dining_room_chandelier":"Kronleuchter", "cover.kitchen_kitchen_shade":"Küchenrollo"}

async def prepare(hass):
    assert await async_setup_component(hass, "homeassistant", {})
    assert await async_setup_component(hass, "intent", {})
    assert await async_setup_component(hass, "conversation", {})
    ar_, fr_ = ar.async_get(hass), fr.async_get(hass)
    for f,(al,areas) in FLOORS.items():
        fl=fr_.async_create(f, aliases=set(al))
        for a in areas:
            x=ar_.async_get_area_by_name(a)
            ar_.async_update(x.id, floor_id=fl.floor_id, aliases={GERMAN[a]} if a in GERMAN else set())
    for s in hass.states.async_all("lock"):
        async_expose_entity(hass, "conversation", s.entity_id, True)
    for s in hass.states.async_all("binary_sensor"):
        async_expose_entity(hass, "conversation", s.entity_id, True)
    e=er.async_get(hass)
    for k,v in ALIAS.items():
        e.async_update_entity(k, aliases=[er.COMPUTED_NAME, v])

async def test_dump(hass, loaded, homeseer_loaded, processor, model, clock, advance):
    await prepare(hass)
    with open("/tmp/sent.txt","w") as out:
      for lang, group in (("en",EN),("de",DE)):
        for text in group:
            calls=[]
            from homeassistant.const import EVENT_CALL_SERVICE
            un=hass.bus.async_listen(EVENT_CALL_SERVICE, lambda ev: calls.append((ev.data["domain"]+"."+ev.data["service"], ev.data["service_data"])))
            t=time.perf_counter()
            try:
                r=await conversation.async_converse(hass, text, None, Context(), language=lang)
            except Exception as err:
                print("EXC", text, repr(err), file=out); continue
            t=time.perf_counter()-t
            un()
            print(f"{text} [{t:.2f}] -> {r.response.response_type.value} {r.response.error_code or ''} {r.response.speech['plain']['speech']!r} | {calls[:4]}", file=out)
            await advance(1)
            clock.advance(20)
            await advance(1)
