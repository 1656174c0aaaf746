using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>Writes lines of JSON that <see cref="ObservationJsonParser"/> reads back as the same records.</summary>
internal sealed class ObservationJsonWriter : IFormatWriter<ObservationRecord>, IDisposable
{
    private readonly Stream _stream;
    private readonly FormatWriteOptions _options;
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly Utf8JsonWriter _json;
    private long _lines;

    public ObservationJsonWriter(Stream stream, FormatWriteOptions options)
    {
        (_stream, _options) = (stream, options);
        _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    public ReadIssue? Write(ObservationRecord value)
    {
        if (value.Time is { } time && !Utc.TrySplit(time.Epoch, out _, out _))
            return new ReadIssue(_options.FileName, _lines + 1, IssueSeverity.Refused, "time", time.Epoch.ToString(), "UTC before 1972 had no whole leap seconds and is not written", "leave it out");
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        _json.WriteStartObject();
        _json.WriteNumber("ssa_observation", ObservationJson.Version);
        Text("object_number", value.Target.Number);
        Text("object_cospar", value.Target.CosparId);
        Text("object_name", value.Target.Name);
        Text("station", value.Station.Id);
        Text("station_name", value.Station.Name);
        Text("station_condition", value.Station.Condition);
        if (value.Station.PositionKm is { } place)
        {
            _json.WriteStartArray("station_position_km");
            _json.WriteNumberValue(place.X);
            _json.WriteNumberValue(place.Y);
            _json.WriteNumberValue(place.Z);
            _json.WriteEndArray();
        }
        if (value.Time is { } given) Time(given);
        Angles(value);
        Number("range_km", value.RangeKm);
        Number("range_rate_km_per_s", value.RangeRateKmPerS);
        Number("range_acceleration_km_per_s2", value.RangeAccelerationKmPerS2);
        if (value.Appearance is { } appearance) Appearance(appearance);
        if (value.Card is { } card) Card(card);
        if (value.Laser is { } laser) Laser(laser);
        if (value.Extra.Count > 0) Extra(value.Extra);
        _json.WriteEndObject();
        _json.Flush();
        _buffer.Write("\n"u8);
        _stream.Write(_buffer.WrittenSpan);
        _lines++;
        return null;
    }

    public void Complete() => _stream.Flush();

    public void Dispose() => _json.Dispose();

    private void Time(ObservationTime time)
    {
        _json.WriteString("time", Utc.Format(time.Epoch));
        _json.WriteNumber("time_precision_s", time.PrecisionS);
        if (time.System != TdmTimeSystem.Utc) _json.WriteString("time_system", time.System.ToString().ToUpperInvariant());
        Number("time_sigma_s", time.SigmaS);
        Text("time_standard", time.Standard);
        if (time.Event != TimeTagEvent.Observation) _json.WriteString("time_event", ObservationJson.Word(time.Event));
    }

    private void Angles(ObservationRecord value)
    {
        bool isRaDec = value.Angles?.Kind == AngleKind.RightAscensionDeclination;
        var (name1, name2) = isRaDec ? ("right_ascension", "declination") : ("azimuth", "elevation");
        if (value.Angles is { } angles)
        {
            _json.WriteNumber($"{name1}_deg", angles.Angle1Deg);
            _json.WriteNumber($"{name2}_deg", angles.Angle2Deg);
            if (angles.Equinox != Equinox.NotGiven) _json.WriteString("equinox", angles.Equinox.ToString());
            if (angles.Form != AngleForm.Plain) _json.WriteString("angle_form", angles.Form.ToString());
            if (angles.Digits1 != 0) _json.WriteNumber("angle_1_digits", angles.Digits1);
            if (angles.Digits2 != 0) _json.WriteNumber("angle_2_digits", angles.Digits2);
            Number("angle_sigma_deg", angles.SigmaDeg);
            if (angles.IsRefractionCorrected is { } corrected) _json.WriteBoolean("refraction_corrected", corrected);
        }
        Number($"{name1}_rate_deg_per_s", value.AngleRate1DegPerS);
        Number($"{name2}_rate_deg_per_s", value.AngleRate2DegPerS);
    }

    private void Appearance(Appearance appearance)
    {
        Text("behaviour", appearance.Behaviour);
        Number("magnitude", appearance.Magnitude);
        Number("magnitude_faintest", appearance.MagnitudeFaintest);
        if (appearance.IsInvisibleAtFaintest) _json.WriteBoolean("invisible_at_faintest", true);
        Number("magnitude_sigma", appearance.MagnitudeSigma);
        Number("period_s", appearance.PeriodS);
    }

    private void Card(CardMarks card)
    {
        _json.WriteStartObject("card");
        Text("classification", card.Classification);
        Text("type", card.Type);
        if (card.RangeExponent is { } exponent) _json.WriteNumber("range_exponent", exponent);
        Text("track_position", card.TrackPosition);
        Text("association_status", card.AssociationStatus);
        Text("site_tag", card.SiteTag);
        Text("centre_tag", card.CentreTag);
        _json.WriteEndObject();
    }

    private void Laser(LaserRecord laser)
    {
        _json.WriteStartObject("laser");
        _json.WriteString("type", laser.Type);
        var table = LaserRecordTable.Find(laser.Type);
        foreach (var (name, text) in laser.Fields)
        {
            bool isNumber = table?.FirstOrDefault(field => field.Name == name)?.Kind is LaserFieldKind.Number or LaserFieldKind.WholeNumber && IsJsonNumber(text);
            if (!isNumber) _json.WriteString(name, text);
            else
            {
                // As written: trailing zeros tell the precision.
                _json.WritePropertyName(name);
                _json.WriteRawValue(text, skipInputValidation: true);
            }
        }
        _json.WriteEndObject();
    }

    private void Extra(KeyedFields extra)
    {
        _json.WriteStartObject("extra");
        foreach (var (name, text) in extra) _json.WriteString(name, text);
        _json.WriteEndObject();
    }

    private void Text(string name, string? text)
    {
        if (text is not null) _json.WriteString(name, text);
    }

    private void Number(string name, double? number)
    {
        if (number is { } value) _json.WriteNumber(name, value);
    }

    /// <summary>Whether digits are a number in JSON too: no leading zeros or plus, digits on both sides of a point.</summary>
    private static bool IsJsonNumber(string text)
    {
        if (text.Length is 0 or > 40) return false;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
