namespace SsaShare.Formats;

/// <summary>
/// The way between observations and the events of tracking data messages, by which cards, sightings and laser ranges are written in KVN, XML and JSON, and
/// such messages as observations.
/// </summary>
/// <remarks>
/// Participant 1 is the station, participant 2 the object. Ranges are written along the path 1,2,1, twice the one-way distance, which is exact; one-way laser
/// ranges and observations without a range along 2,1. A time tag of reflection becomes one of reception. Keywords that observations have no place for stand in
/// <see cref="ObservationRecord.Extra"/> under their names, and are written again from there.
/// </remarks>
public static class ObservationNdm
{
    internal const string AngleType = "ANGLE_TYPE", ReferenceFrame = "REFERENCE_FRAME";

    /// <summary>A writer of observations that writes one tracking data message with a writer of events.</summary>
    /// <param name="to">Stays the caller's: it is not completed.</param>
    /// <param name="options">Name the originator and the date of the message.</param>
    public static IFormatWriter<ObservationRecord> ToNdm(IFormatWriter<NdmEvent> to, FormatWriteOptions options) => new ObservationsToNdm(to, options);

    /// <summary>A writer of events that writes each epoch of a tracking data message with a writer of observations. Messages of other kinds are refused.</summary>
    /// <param name="to">Stays the caller's: it is not completed.</param>
    public static IFormatWriter<NdmEvent> FromNdm(IFormatWriter<ObservationRecord> to, FormatWriteOptions options) => new NdmToObservations(to, options);

    /// <summary>The frame of a right ascension in the standard's words; null where it has none or the formats do not tell which it is.</summary>
    internal static string? FrameOf(Equinox equinox) => equinox switch { Equinox.J2000 => "EME2000", Equinox.B1950 => "B1950", _ => null };

    internal static Equinox EquinoxOf(string frame) => frame switch { "EME2000" or "J2000" => Equinox.J2000, "B1950" => Equinox.B1950, _ => Equinox.Other };
}
