using System.Collections.Immutable;

namespace SsaShare.Formats;

/// <summary>Time scale of a segment's time tags.</summary>
public enum TdmTimeSystem
{
    Unspecified = 0,
    Utc = 1,
    Tai = 2,
    Tt = 3,
    Gps = 4,
}

/// <summary>Header of a tracking data message; empty text where the file has none.</summary>
/// <param name="Version">CCSDS_TDM_VERS: "1.0" or "2.0".</param>
/// <param name="CreationDate">CREATION_DATE as written.</param>
/// <param name="Originator">ORIGINATOR: who made the file. A claim, not an identity.</param>
/// <param name="MessageId">MESSAGE_ID.</param>
/// <param name="Comments">The header's comments, in order.</param>
public sealed record TdmHeader(string Version, string CreationDate, string Originator, string MessageId, ImmutableArray<string> Comments)
{
    public static TdmHeader Empty { get; } = new("", "", "", "", []);
}

/// <summary>Metadata of one segment, as far as it bears on its observations.</summary>
/// <param name="FirstLine">Line of META_START.</param>
/// <param name="Sensor">The participant at which the signal path ends.</param>
/// <param name="ObjectTag">The other participant.</param>
/// <param name="TimeSystem">Of the time tags.</param>
/// <param name="IsRoundTrip">Sensor to object to sensor: RANGE and DOPPLER_INSTANTANEOUS are along the whole path, twice the one-way figures.</param>
/// <param name="DataQuality">RAW, VALIDATED, or empty.</param>
/// <param name="Comments">The metadata section's comments, in order.</param>
public sealed record TdmSegment(
    long FirstLine,
    SensorId Sensor,
    string ObjectTag,
    TdmTimeSystem TimeSystem,
    bool IsRoundTrip,
    string DataQuality,
    ImmutableArray<string> Comments);
