using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Writes observations as a CCSDS tracking data message 2.0 (KVN), such that <see cref="TdmReader"/> reads the same numbers back.</summary>
/// <remarks>
/// A new segment begins where the sensor, the tag or the time system changes. Time tags are UTC, before 1972 TT, to the nanosecond. The path
/// is 1,2,1, so RANGE and DOPPLER_INSTANTANEOUS are twice the one-way figures, which is exact. Angles are the shortest decimals in degrees
/// that read back as the same radians; for radians that no decimal gives, the nearest.
/// </remarks>
public sealed class TdmWriter
{
    private const double RadPerDeg = Math.PI / 180;
    private readonly TextWriter _output;
    private (SensorId Sensor, string? Tag, bool IsUtc)? _segment;

    /// <param name="output">Owned by the caller; line ends are written as LF.</param>
    /// <param name="header">CreationDate and Originator are mandatory in the standard. The version is always written as 2.0.</param>
    /// <exception cref="ArgumentException">A text of the header is not one line of printable ASCII, or a mandatory one is empty.</exception>
    public TdmWriter(TextWriter output, TdmHeader header)
    {
        _output = output;
        Line("CCSDS_TDM_VERS = 2.0");
        foreach (string comment in header.Comments) Line($"COMMENT {Checked(comment, "comment")}");
        Line($"CREATION_DATE = {Mandatory(header.CreationDate, "CREATION_DATE")}");
        Line($"ORIGINATOR = {Mandatory(header.Originator, "ORIGINATOR")}");
        if (header.MessageId.Length > 0) Line($"MESSAGE_ID = {Checked(header.MessageId, "MESSAGE_ID")}");
    }

    /// <summary>Appends one observation.</summary>
    /// <exception cref="ArgumentException">It has no object tag, or one that is not a line of printable ASCII, or no quantity, or one that is not finite.</exception>
    public void Write(Observation observation)
    {
        string tag = Mandatory(observation.ObjectTag ?? "", "object tag");
        (string epoch, bool isUtc) = FormatEpoch(observation.Epoch);
        if (observation is { RangeKm: null, AzimuthRad: null, ElevationRad: null, RangeRateKmPerS: null })
            throw new ArgumentException("An observation has at least one quantity.", nameof(observation));
        if (_segment != (observation.Sensor, tag, isUtc)) StartSegment(observation.Sensor, tag, isUtc);
        if (observation.RangeKm is { } range) Line($"RANGE = {epoch} {Number(2 * range)}");
        if (observation.AzimuthRad is { } azimuth) Line($"ANGLE_1 = {epoch} {Degrees(azimuth)}");
        if (observation.ElevationRad is { } elevation) Line($"ANGLE_2 = {epoch} {Degrees(elevation)}");
        if (observation.RangeRateKmPerS is { } rate) Line($"DOPPLER_INSTANTANEOUS = {epoch} {Number(2 * rate)}");
    }

    /// <summary>Ends the last segment. Without it a reader takes the message as cut.</summary>
    public void Complete()
    {
        if (_segment is not null) Line("DATA_STOP");
        _segment = null;
        _output.Flush();
    }

    private void StartSegment(SensorId sensor, string tag, bool isUtc)
    {
        if (_segment is not null) Line("DATA_STOP");
        _segment = (sensor, tag, isUtc);
        Line("");
        Line("META_START");
        Line($"TIME_SYSTEM = {(isUtc ? "UTC" : "TT")}");
        Line($"PARTICIPANT_1 = {sensor.Value}");
        Line($"PARTICIPANT_2 = {tag}");
        Line("MODE = SEQUENTIAL");
        Line("PATH = 1,2,1");
        Line("RANGE_UNITS = km");
        Line("ANGLE_TYPE = AZEL");
        Line("META_STOP");
        Line("");
        Line("DATA_START");
    }

    private void Line(string text)
    {
        _output.Write(text);
        _output.Write('\n');
    }

    private static (string Text, bool IsUtc) FormatEpoch(Epoch epoch)
    {
        if (Utc.TrySplit(epoch, out _, out _)) return (Utc.Format(epoch)[..^1], true);
        long seconds = Math.DivRem(epoch.NanosecondsSinceJ2000, 1_000_000_000, out long nanosecond);
        if (nanosecond < 0) (seconds, nanosecond) = (seconds - 1, nanosecond + 1_000_000_000);
        var clock = new DateTime(2000, 1, 1, 12, 0, 0, DateTimeKind.Unspecified).AddSeconds(seconds);
        return (string.Create(CultureInfo.InvariantCulture, $"{clock:yyyy-MM-dd'T'HH:mm:ss}.{nanosecond:000000000}"), false);
    }

    private static string Number(double value)
        => double.IsFinite(value) ? value.ToString("R", CultureInfo.InvariantCulture) : throw new ArgumentException($"{value} is not a measurement.", nameof(value));

    /// <summary>Rounds to ever more decimals until the reader's own conversion gives the radians back; then tries the neighbours.</summary>
    private static string Degrees(double rad)
    {
        double degrees = rad / RadPerDeg;
        for (int decimals = 3; decimals <= 13; decimals++)
        {
            double rounded = Math.Round(degrees, decimals);
            if (rounded * RadPerDeg == rad) return Number(rounded);
        }
        double below = degrees, above = degrees;
        for (int step = 0; step < 4; step++)
        {
            if (below * RadPerDeg == rad) return Number(below);
            if (above * RadPerDeg == rad) return Number(above);
            (below, above) = (Math.BitDecrement(below), Math.BitIncrement(above));
        }
        return Number(degrees);
    }

    private static string Mandatory(string text, string what)
        => text.Length > 0 ? Checked(text, what) : throw new ArgumentException($"A tracking data message needs a {what}.", nameof(text));

    private static string Checked(string text, string what)
    {
        bool printable = !text.AsSpan().ContainsAnyExceptInRange(' ', '~');
        return printable && text.Length <= 200 && text.Trim() == text ? text : throw new ArgumentException($"The {what} is not one trimmed line of at most 200 printable ASCII characters.", nameof(text));
    }
}
