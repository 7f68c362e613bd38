"""What people say in German, with the houses' English names or aliases of their own."""

from .facts import VALUE, Fact, Line, was

GERMAN = {
    "Rollos und Vorhänge": (
        Line("Öffne den Kitchen Shade", Fact("Kitchen Shade", "position", 0.0, 1.0)),
        Line("Schließe das Küchenrollo", Fact("Kitchen Shade", "position", 1.0, 0.0)),
        Line("Fahre das Küchenrollo hoch", Fact("Kitchen Shade", "position", 0.0, 1.0)),
        Line(
            "Setze Office Shade auf 30 Prozent",
            Fact("Office Shade", "position", 1.0, 0.3),
        ),
        Line(
            "Schließe die Rollos im Schlafzimmer",
            Fact("Blackout", "position", 1.0, 0.0),
        ),
        Line("Schließe die Jalousien im Büro", Fact("Blind Position", VALUE, 0, 100)),
        Line(
            "Schließe die Vorhänge im Esszimmer",
            Fact("Dining Room Drapes", "position", 1.0, 0.0),
        ),
        Line(
            "Schließe die Rollos im Obergeschoss",
            Fact("Blackout", "position", 1.0, 0.0),
            Fact("Blind Position", VALUE, 0, 100),
        ),
    ),
    "Türen, Fenster, Rauch": (
        Line("Schließe die Haustür ab", Fact("Front Door", "locked", False, True)),
        Line("Schließe die Haustür auf", Fact("Front Door", "locked", True, False)),
        Line(
            "Ist die Haustür abgeschlossen",
            was("Front Door", "locked", True),
            says="Ja",
        ),
        Line("Öffne das Garagentor", Fact("Garage Door Opener", VALUE, 0, 255)),
        Line(
            "Ist das Garagentor offen", was("Garage Door Opener", VALUE, 255), says="Ja"
        ),
        Line(
            "Sind Türen offen",
            was("Door Status", VALUE, 1),
            says="Nein",
        ),
        Line(
            "Ist Rauch in der Küche erkannt",
            was("Kitchen Smoke Smoke Alarm", VALUE, 2),
            says="Ja",
        ),
        Line(
            "Ist im Kinderzimmer Rauch erkannt",
            was("Smoke", "presence", False, "Kids Room"),
            says="Nein, aus",
        ),
    ),
    "Licht, Klima, Szenen": (
        Line(
            "Schalte das Licht in der Küche ein",
            Fact("Downlights", "level", 0.0, 1.0, "Kitchen"),
            Fact("Pantry Light", VALUE, 0, 255),
        ),
        Line(
            "Schalte die Lichter im Obergeschoss aus",
            Fact("Office Downlights", "level", 1.0, 0.0),
        ),
        Line("Dimme den Kronleuchter auf 20 %", Fact("Chandelier", "level", 0.6, 0.2)),
        Line("Mach die Kaffeemaschine an", Fact("Coffee Maker Outlet", VALUE, 0, 255)),
        Line(
            "Wie warm ist es im Esszimmer",
            was("Temperature", VALUE, 82, "Dining Room Sensor"),
            says="82 Grad",
        ),
        Line(
            "Stelle die Temperatur im Büro auf 71 Grad",
            Fact("CTSTAT", "heat", 68.0, 71.0),
        ),
        Line("Schalte den Ceiling Fan ein", Fact("Ceiling Fan", "speed", 0, 3)),
        Line(
            "Aktiviere Filmabend",
            Fact("Theater Blackout", "position", 1.0, 0.0),
            Fact("Sconces", "level", 1.0, 0.1),
        ),
    ),
}
