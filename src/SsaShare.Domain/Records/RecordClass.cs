namespace SsaShare.Domain;

/// <summary>What kind of thing a record says. A new class is a new number; numbers are never reused.</summary>
public enum RecordClass
{
    Unspecified = 0,
    Observation = 1,
    ElementSet = 2,
    OrbitState = 3,
    Ephemeris = 4,
    ConjunctionMessage = 5,
    ManeuverNotice = 6,
    EventNotice = 7,
    /// <summary>A sensor as its owner describes it; the newest one published counts.</summary>
    Sensor = 8,
}
