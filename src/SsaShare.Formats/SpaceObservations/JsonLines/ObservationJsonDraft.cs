namespace SsaShare.Formats;

/// <summary>The fields of one line of JSON on their way to a record.</summary>
internal sealed class ObservationJsonDraft
{
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, double> _numbers = [];
    private bool? _isInvisible, _isCorrected;
    private Epoch? _time;
    private TdmTimeSystem _system = TdmTimeSystem.Utc;
    private TimeTagEvent _event;
    private Equinox _equinox;
    private AngleForm _form;
    private CardMarks? _card;
    private LaserRecord? _laser;

    public bool HasVersion { get; private set; }

    public Vector3d? Position { get; set; }

    public List<KeyValuePair<string, string>> Extra { get; } = [];

    /// <returns>Null when taken, an empty text when the format has no such field, otherwise what is wrong with it.</returns>
    public string? Set(string name, JsonScalar value)
    {
        switch (name)
        {
            case "ssa_observation":
                HasVersion = value.Number == ObservationJson.Version;
                return HasVersion ? null : "not a version that is read";
            case "object_number" or "object_cospar" or "object_name" or "station" or "station_name" or "station_condition" or "time_standard" or "behaviour":
                if (value.Text.Length == 0) return "an empty text";
                _texts[name] = value.Text;
                return value.Number is null ? null : "a number, not a text";
            case "time":
                _time = Utc.TryParse(value.Text, out var epoch) ? epoch : null;
                return _time is null ? "not a time such as 2024-02-29T12:00:00.5Z, from 1972 on" : null;
            case "time_system":
                _system = value.Text switch { "UTC" => TdmTimeSystem.Utc, "TAI" => TdmTimeSystem.Tai, "TT" => TdmTimeSystem.Tt, "GPS" => TdmTimeSystem.Gps, _ => TdmTimeSystem.Unspecified };
                return _system == TdmTimeSystem.Unspecified ? "not UTC, TAI, TT or GPS" : null;
            case "time_event":
                _event = ObservationJson.Event(value.Text) ?? TimeTagEvent.Observation;
                return ObservationJson.Event(value.Text) is null ? "not reception, transmission, bounce or observation" : null;
            case "equinox":
                return Enum.TryParse(value.Text, out _equinox) && _equinox.ToString() == value.Text ? null : "not an equinox";
            case "angle_form":
                return Enum.TryParse(value.Text, out _form) && _form.ToString() == value.Text ? null : "not a form of angles";
            case "refraction_corrected":
                _isCorrected = value.Text == "true";
                return value.Text is "true" or "false" ? null : "neither true nor false";
            case "invisible_at_faintest":
                _isInvisible = value.Text == "true";
                return value.Text is "true" or "false" ? null : "neither true nor false";
            default:
                return Number(name, value);
        }
    }

    /// <returns>Null when taken, otherwise the field that is wrong and why.</returns>
    public (string Field, string Reason)? SetFields(string name, List<KeyValuePair<string, string>> fields)
    {
        switch (name)
        {
            case "extra":
                Extra.AddRange(fields);
                return null;
            case "card":
                return Card(new KeyedFields(fields));
            default:
                if (fields.Count == 0 || fields[0].Key != "type") return ("laser", "its first field is not the type");
                _laser = new LaserRecord(fields[0].Value, new KeyedFields(fields.Skip(1)));
                return LaserRecordTable.Check(_laser);
        }
    }

    /// <returns>Null where something is missing that a record needs.</returns>
    public ObservationRecord? ToRecord(List<FieldComplaint> complaints)
    {
        bool isRaDec = _numbers.ContainsKey("right_ascension_deg") || _numbers.ContainsKey("declination_deg");
        bool isAzEl = _numbers.ContainsKey("azimuth_deg") || _numbers.ContainsKey("elevation_deg");
        var (name1, name2) = isRaDec ? ("right_ascension", "declination") : ("azimuth", "elevation");
        double? angle1 = Find($"{name1}_deg"), angle2 = Find($"{name2}_deg");
        if ((isRaDec && isAzEl) || angle1 is null != angle2 is null) complaints.Add(new("angles", 0, "", "not one pair of angles", "azimuth_deg and elevation_deg, or right_ascension_deg and declination_deg"));
        bool hasTimeDetail = _texts.ContainsKey("time_standard") || _numbers.ContainsKey("time_sigma_s") || _numbers.ContainsKey("time_precision_s");
        if (_time is null && hasTimeDetail) complaints.Add(new("time", 0, "", "missing", "it goes with time_precision_s and the like"));
        var appearance = new Appearance(Text("behaviour"))
        {
            Magnitude = Find("magnitude"),
            MagnitudeFaintest = Find("magnitude_faintest"),
            IsInvisibleAtFaintest = _isInvisible == true,
            MagnitudeSigma = Find("magnitude_sigma"),
            PeriodS = Find("period_s"),
        };
        var record = new ObservationRecord
        {
            Target = new ObservedObject(Text("object_number"), Text("object_cospar"), Text("object_name")),
            Station = new ObservingStation(Text("station"), Text("station_name"), Text("station_condition")) { PositionKm = Position },
            Time = _time is { } epoch ? new ObservationTime(epoch, Find("time_precision_s") ?? 0) { System = _system, SigmaS = Find("time_sigma_s"), Standard = Text("time_standard"), Event = _event } : null,
            Angles = angle1 is not { } first || angle2 is not { } second ? null : new AnglePair(isRaDec ? AngleKind.RightAscensionDeclination : AngleKind.AzimuthElevation, first, second)
            {
                Equinox = _equinox,
                Form = _form,
                Digits1 = (int)(Find("angle_1_digits") ?? 0),
                Digits2 = (int)(Find("angle_2_digits") ?? 0),
                SigmaDeg = Find("angle_sigma_deg"),
                IsRefractionCorrected = _isCorrected,
            },
            AngleRate1DegPerS = Find($"{name1}_rate_deg_per_s"),
            AngleRate2DegPerS = Find($"{name2}_rate_deg_per_s"),
            RangeKm = Find("range_km"),
            RangeRateKmPerS = Find("range_rate_km_per_s"),
            RangeAccelerationKmPerS2 = Find("range_acceleration_km_per_s2"),
            Appearance = appearance == new Appearance(null as string) ? null : appearance,
            Card = _card,
            Laser = _laser,
            Extra = Extra.Count == 0 ? KeyedFields.None : new KeyedFields(Extra),
        };
        if (record.Laser is null && record.Time is null) complaints.Add(new("time", 0, "", "missing", "an observation has a time"));
        return record;
    }

    private string? Number(string name, JsonScalar value)
    {
        var (min, max) = name switch
        {
            "azimuth_deg" or "right_ascension_deg" => (-180.0, 360.0),
            "elevation_deg" or "declination_deg" => (-90, 90),
            "angle_1_digits" or "angle_2_digits" => (0, 9),
            "time_precision_s" or "time_sigma_s" or "angle_sigma_deg" or "range_km" or "magnitude_sigma" or "period_s" => (0, double.MaxValue),
            "azimuth_rate_deg_per_s" or "elevation_rate_deg_per_s" or "right_ascension_rate_deg_per_s" or "declination_rate_deg_per_s" or "range_rate_km_per_s"
                or "range_acceleration_km_per_s2" or "magnitude" or "magnitude_faintest" => (double.MinValue, double.MaxValue),
            _ => (1, 0),
        };
        if (min > max) return "";
        if (value.Number is not { } number) return "not a number";
        _numbers[name] = number;
        return number >= min && number <= max ? null : $"not from {min} to {max}";
    }

    private (string Field, string Reason)? Card(KeyedFields fields)
    {
        foreach (var (name, text) in fields)
        {
            if (name is not ("classification" or "type" or "range_exponent" or "track_position" or "association_status" or "site_tag" or "centre_tag")) return (name, "not a mark of a card");
            if (text.Length is 0 or > 5) return (name, "not one to five characters");
        }
        if (fields.Find("classification") is not { } classification || fields.Find("type") is not { } type) return ("card", "no classification or no type");
        int? exponent = fields.Find("range_exponent") is { } digit ? digit.Length == 1 && char.IsAsciiDigit(digit[0]) ? digit[0] - '0' : -1 : null;
        _card = new CardMarks(classification, type, exponent, fields.Find("track_position"), fields.Find("association_status"), fields.Find("site_tag"), fields.Find("centre_tag"));
        return exponent == -1 ? ("range_exponent", "not a digit") : null;
    }

    private string? Text(string name) => _texts.GetValueOrDefault(name);

    private double? Find(string name) => _numbers.TryGetValue(name, out double value) ? value : null;
}
