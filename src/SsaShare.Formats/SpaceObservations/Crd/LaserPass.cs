namespace SsaShare.Formats;

/// <summary>What the headers of a pass say that its data need. Immutable.</summary>
/// <param name="Version">Of the format, 1 or 2.</param>
internal sealed record LaserPass(int Version)
{
    private const double KmPerS = 299_792.458;

    public ObservingStation Station { get; init; }

    /// <summary>Code of the scale of time tags; all of them are realisations of UTC.</summary>
    public string? TimeScale { get; init; }

    public ObservedObject Target { get; init; }

    /// <summary>The day on which the pass began; null until its session header was read.</summary>
    public DateOnly? StartDay { get; init; }

    public double StartSecondOfDay { get; init; }

    /// <summary>0 no ranges, 1 one way, 2 two ways, 3 received only, 4 mixed.</summary>
    public int RangeType { get; init; }

    public LaserPass With(LaserRecord record) => record.Type switch
    {
        "H2" => this with { Station = new ObservingStation(record.Fields.Find("pad_id"), record.Fields.Find("station")), TimeScale = record.Fields.Find("time_scale") },
        "H3" => this with { Target = ObjectOf(record) },
        "H4" => this with
        {
            StartDay = new DateOnly((int)record.Number("start_year")!, (int)record.Number("start_month")!, (int)record.Number("start_day")!),
            StartSecondOfDay = record.Number("start_hour")!.Value * 3600 + record.Number("start_minute")!.Value * 60 + record.Number("start_second")!.Value,
            RangeType = (int)record.Number("range_type")!,
        },
        "H8" => this with { StartDay = null },
        _ => this,
    };

    /// <summary>The instant of a second of the day: of the day of the pass's start unless it lies more than half a day from that.</summary>
    /// <returns>Null and the instant, or why there is none.</returns>
    public string? At(ReadOnlySpan<byte> secondsText, out ObservationTime time)
    {
        time = default;
        if (StartDay is not { } day) return "no session header before it";
        int point = secondsText.IndexOf((byte)'.');
        var decimals = point < 0 ? default : secondsText[(point + 1)..];
        if (!long.TryParse(point < 0 ? secondsText : secondsText[..point], System.Globalization.NumberStyles.None, null, out long second) && point != 0) return "not seconds of the day";
        if (decimals.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0 || decimals.Length > 15) return "not seconds of the day";
        long picoseconds = 0;
        for (int i = 0; i < 12; i++) picoseconds = picoseconds * 10 + (i < decimals.Length ? decimals[i] - '0' : 0);
        if (second - StartSecondOfDay < -43_200) day = day.AddDays(1);
        else if (second - StartSecondOfDay > 43_200) day = day.AddDays(-1);
        long nanoseconds = second * 1_000_000_000 + (picoseconds + 500) / 1_000;
        // Rounded up to midnight: the next day begins, not a leap second.
        if (second == 86_399 && nanoseconds == 86_400_000_000_000) (day, nanoseconds) = (day.AddDays(1), 0);
        string? wrong = ObservationEpochs.At(day, nanoseconds, out var epoch);
        time = new ObservationTime(epoch, Math.Pow(10, -decimals.Length)) { Standard = TimeScale };
        return wrong;
    }

    /// <summary>The record with what it measured, where it measured something.</summary>
    public ObservationRecord Observe(LaserRecord record, ObservationTime time)
    {
        var seen = new ObservationRecord { Laser = record, Time = time };
        switch (record.Type)
        {
            case "10" or "11":
                int moment = (int)(record.Number("epoch_event") ?? -1);
                return seen with { Target = Target, Station = Station, Time = time with { Event = EventOf(moment) }, RangeKm = RangeKm(record.Number("time_of_flight_s") ?? 0, moment) };
            case "30":
                return seen with
                {
                    Target = Target,
                    Station = Station,
                    Angles = new AnglePair(AngleKind.AzimuthElevation, record.Number("azimuth_deg")!.Value, record.Number("elevation_deg")!.Value) { IsRefractionCorrected = record.Number("refraction_corrected") switch { 0 => false, 1 => true, _ => null } },
                    AngleRate1DegPerS = record.Number("azimuth_rate_deg_per_s"),
                    AngleRate2DegPerS = record.Number("elevation_rate_deg_per_s"),
                };
            default:
                return seen;
        }
    }

    private double? RangeKm(double flightS, int moment)
    {
        if (!(flightS > 0) || RangeType == 0) return null;
        bool isTwoWay = RangeType == 2 || (RangeType == 4 && moment <= 2);
        return flightS * KmPerS / (isTwoWay ? 2 : 1);
    }

    /// <summary>Code 0 is the return, 1 and the one-way codes 3 and 4 are at the spacecraft, 2 and 5 the start.</summary>
    private static TimeTagEvent EventOf(int code) => code switch { 0 => TimeTagEvent.Reception, 1 or 3 or 4 or 6 => TimeTagEvent.Bounce, 2 or 5 => TimeTagEvent.Transmission, _ => TimeTagEvent.Observation };

    private static ObservedObject ObjectOf(LaserRecord record)
    {
        string? number = record.Fields.Find("norad_id"), id = record.Fields.Find("ilrs_id");
        string? cospar = id is null ? null : CosparDesignation.OfDigits(System.Text.Encoding.ASCII.GetBytes(id.PadLeft(7, '0')));
        return new ObservedObject(record.Number("norad_id") > 0 ? number!.TrimStart('0') : null, cospar, record.Fields.Find("target"));
    }
}
