using System.Buffers;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>
/// Writes CZML for Cesium: a document packet, then packets of an object's positions (metres, seconds since an epoch), several for one object where there are many,
/// which Cesium puts together. Held are at most <see cref="BatchSize"/> points of each object.
/// </summary>
internal sealed class CzmlWriter(Stream stream, FormatWriteOptions options) : EphemerisWriter(stream, options)
{
    private const int BatchSize = 512;
    private readonly ArrayBufferWriter<byte> _packet = new();
    private readonly Dictionary<string, Track> _tracks = [];
    private bool _isBegun;

    protected override void Open(EphemerisHeader header) => Document(header.Source);

    protected override void Comment(EphemerisComment comment) => Notice("comment", "", "CZML has no place for comments", "keep the original file too");

    protected override void Covariance(EphemerisCovariance covariance) => Notice("covariance", "", "CZML holds none", "write an OEM or an STK file");

    protected override void End()
    {
        Document(null);
        Close();
        Output.Line("\n]");
    }

    private void Document(string? source)
    {
        if (_isBegun) return;
        Packet(json =>
        {
            json.WriteString("id", "document");
            json.WriteString("name", source is null ? Options.FileName : $"{Options.FileName} ({source})");
            json.WriteString("version", "1.0");
        });
    }

    private void Packet(Action<Utf8JsonWriter> write)
    {
        Output.Text(_isBegun ? ",\n" : "[\n");
        _isBegun = true;
        using (var json = new Utf8JsonWriter(_packet))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        Output.Bytes(_packet.WrittenSpan);
        _packet.ResetWrittenCount();
    }

    protected override void Begin(EphemerisSegment segment)
    {
        Document(null);
        Close();
        if (segment.Frame is not (EphemerisFrame.Itrf or EphemerisFrame.Icrf or EphemerisFrame.Eme2000)) Refuse("frame", segment.FrameName, "CZML is Earth-fixed or inertial (ICRF)", "convert the positions first");
        else if (segment.Center != "EARTH") Refuse("centre", segment.Center, "CZML is about the Earth", "convert the positions first");
        else if (segment.Coordinates != EphemerisCoordinates.Cartesian) Refuse("coordinates", segment.Coordinates.ToString(), "only cartesian positions are written", "convert the positions first");
        else
        {
            if (segment.Frame == EphemerisFrame.Eme2000) Notice("frame", segment.FrameName, "turned into ICRF by the frame bias", "nothing");
            Segment = segment;
        }
    }

    protected override void Point(EphemerisPoint point)
    {
        if (point.PositionKm is not { } position) Notice("position", "", "points without a position are left out", "see the original file");
        else if (!point.Time.TryToEpoch(Segment!.TimeSystem, out var epoch) || !Utc.TrySplit(epoch, out _, out _)) Refuse("time system", Segment.TimeSystem.ToString(), "cannot be turned into UTC", "convert the times first");
        else if (point.Extras["CPF_LEAP_SECOND"] is not null) Refuse("leap second", point.Time.ToString(), "the prediction's leap second flag leaves its UTC open", "take a prediction made after the leap second");
        else
        {
            if (point.AccelerationKmPerS2 is not null) Notice("acceleration", "", "CZML holds none", "write an STK file or an OEM");
            if (point.ClockUs is not null) Notice("clock", "", "CZML holds none", "write an SP3 file");
            bool isEme2000 = Segment.Frame == EphemerisFrame.Eme2000;
            var velocity = point.VelocityKmPerS;
            string tag = point.ObjectTag ?? "";
            if (!_tracks.TryGetValue(tag, out var track)) _tracks.Add(tag, track = new Track { First = epoch, Last = epoch });
            if (track.Points.Count > 0 && (track.Points.Count == BatchSize || track.Points[0].Velocity is null != velocity is null)) Packet(tag, track, isLast: false);
            if (epoch < track.First) track.First = epoch;
            if (epoch > track.Last) track.Last = epoch;
            track.Points.Add((epoch, isEme2000 ? OdmFrames.FromEme2000(position) : position, velocity is { } v ? isEme2000 ? OdmFrames.FromEme2000(v) : v : null));
        }
    }

    protected override void Close()
    {
        if (Segment is null) return;
        foreach (var (tag, track) in _tracks) Packet(tag, track, isLast: true);
        _tracks.Clear();
        Segment = null;
    }

    private void Packet(string tag, Track track, bool isLast)
    {
        var segment = Segment!;
        string name = tag.Length > 0 ? tag : segment.ObjectName ?? segment.CosparId ?? (segment.NoradId is { } number ? FormattableString.Invariant($"{number}") : "unknown");
        string id = tag.Length == 0 && segment.NoradId is { } norad ? FormattableString.Invariant($"{norad}") : name;
        Packet(json =>
        {
            json.WriteString("id", id);
            if (isLast)
            {
                json.WriteString("name", name);
                json.WriteString("availability", $"{track.First}/{track.Last}");
                json.WriteStartObject("point");
                json.WriteNumber("pixelSize", 5);
                json.WriteEndObject();
            }
            if (track.Points.Count > 0) Position(json, segment, track.Points);
        });
        track.Points.Clear();
    }

    private static void Position(Utf8JsonWriter json, EphemerisSegment segment, List<(Epoch Epoch, Vector3d Km, Vector3d? KmPerS)> points)
    {
        var epoch = points[0].Epoch;
        json.WriteStartObject("position");
        json.WriteString("epoch", epoch.ToString());
        json.WriteString("referenceFrame", segment.Frame == EphemerisFrame.Itrf ? "FIXED" : "INERTIAL");
        string algorithm = segment.Interpolation is "HERMITE" or "LINEAR" ? segment.Interpolation : "LAGRANGE";
        json.WriteString("interpolationAlgorithm", algorithm);
        json.WriteNumber("interpolationDegree", segment.InterpolationDegree ?? (algorithm == "LINEAR" ? 1 : 7));
        json.WriteStartArray(points[0].KmPerS is null ? "cartesian" : "cartesianVelocity");
        foreach (var (time, km, kmPerS) in points)
        {
            json.WriteNumberValue(time.SecondsSince(epoch));
            Vector(json, km);
            if (kmPerS is { } velocity) Vector(json, velocity);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Vector(Utf8JsonWriter json, Vector3d km)
    {
        Metres(json, km.X);
        Metres(json, km.Y);
        Metres(json, km.Z);
    }

    private static void Metres(Utf8JsonWriter json, double km)
    {
        Span<byte> text = stackalloc byte[ShiftedDecimal.LongestWritten];
        json.WriteRawValue(text[..ShiftedDecimal.Write(km, 3, 0, text)], skipInputValidation: true);
    }

    /// <summary>Points of one object on their way into a packet.</summary>
    private sealed class Track
    {
        public List<(Epoch Epoch, Vector3d Km, Vector3d? Velocity)> Points { get; } = [];

        public Epoch First { get; set; }

        public Epoch Last { get; set; }
    }
}
