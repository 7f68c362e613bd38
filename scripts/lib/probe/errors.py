"""How a look at a house goes wrong, in plain words."""

from custom_components.crestron_homeseer.house.hub import HubError, Reason


class ProbeError(Exception):
    """The hub cannot be looked at; the text says what to do about it."""


class UsageError(Exception):
    """The command line asks for something that cannot be."""


WORDS = {
    Reason.NOT_FOUND: "There is no device of this name on your network. Check the"
    " spelling, or use the IP address.",
    Reason.REFUSED: "The device at this address does not accept connections. Check"
    " the address, and that the hub has finished starting.",
    Reason.TIMED_OUT: "Nothing answers at this address. Check the address, and that"
    " the hub is switched on.",
    Reason.LOST: "The hub broke off the connection. Wait a minute, then try again.",
    Reason.TLS: "An encrypted connection could not be made. Restart the hub, then"
    " try again.",
    Reason.STARTING: "The hub is still starting. Wait a few minutes, then try again.",
    Reason.NO_API: "There is a device at this address, but its Web API is not"
    " switched on. Crestron Home has it in the Setup app under Web API Settings,"
    " HomeSeer as JSON control under Setup, Network.",
    Reason.OTHER_DEVICE: "There is a device at this address, but it is no hub that"
    " is known here. Check the address.",
    Reason.NONSENSE: "The hub answered something that cannot be read. It may still"
    " be starting: wait a few minutes, then try again.",
    Reason.BAD_TOKEN: "The hub refuses the token. Copy it again from the hub's own"
    " app; a firmware upgrade makes a new one necessary.",
    Reason.BAD_LOGIN: "The hub refuses the login. Check the user name and the"
    " password, or the token.",
    Reason.LOGIN_NEEDED: "The hub wants a user name and a password: say --username"
    " and --password-file.",
    Reason.NO_RIGHTS: "The hub does not let this user do that. Use one with more"
    " rights.",
    Reason.BUSY: "The hub has no time. Wait a minute, then try again.",
    Reason.DECLINED: "The hub declined. Look into the hub's own app.",
    Reason.UNANSWERED: "The hub did not answer. Wait a minute, then try again.",
    Reason.MISSING: "The hub's answer was incomplete. It may still be starting: wait"
    " a few minutes, then try again.",
    Reason.CERTIFICATE: "The hub shows another certificate than the one that was"
    " accepted. If it was restarted, accept the new one in Home Assistant.",
    Reason.NO_PUSH: "The ASCII port does not answer. Switch it on in HomeSeer under"
    " Setup, Network, then restart HomeSeer.",
    Reason.OFFLINE: "The system is not connected to MyHS. Check that it is switched"
    " on, and that its MyHS subscription is valid.",
    Reason.CLOSING: "The connection was being closed. Try again.",
}


def words(error: HubError) -> str:
    """Say what an error means, and what to do next."""
    return WORDS[error.reason]
