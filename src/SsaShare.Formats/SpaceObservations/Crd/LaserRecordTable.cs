using System.Globalization;

namespace SsaShare.Formats;

/// <summary>
/// The records of the consolidated laser ranging data format, versions 1 and 2.01: reading, checking and writing go by this table alone.
/// </summary>
public static class LaserRecordTable
{
    private static readonly LaserField Seconds = N("seconds_of_day") with { IsNeeded = true, Min = 0, Max = 86_401 };
    private static readonly LaserField Flight = N("time_of_flight_s") with { IsNeeded = true, Min = -1, Max = 86_400 };
    private static readonly LaserField Event = I("epoch_event", 0, 6);
    private static readonly LaserField Detail = I("detail_type");

    private static readonly LaserField[] Calibration =
    [
        Seconds, I("type_of_data"), T("system_id"), I("points_recorded"), I("points_used"), N("distance_m"), N("system_delay_ps"), N("delay_shift_ps"), N("rms_ps"), N("skew"), N("kurtosis"),
        N("peak_minus_mean_ps"), I("calibration_type"), I("shift_type"), I("detector_channel"), I("span") with { Since = 2 }, N("return_rate_percent") with { Since = 2 },
    ];

    /// <summary>Fields of each record, after its type. Records 90 to 99 belong to stations and analysts and are kept as they are.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<LaserField>> Records { get; } = new Dictionary<string, IReadOnlyList<LaserField>>
    {
        ["H1"] = [W(T("format"), 3), Must(I("version", 1, 2), 2), Must(I("year", 1950, 2200), 4), Must(I("month", 1, 12), 2), Must(I("day", 1, 31), 2), Must(I("hour", 0, 24), 2)],
        ["H2"] = [W(T("station"), 10), W(I("pad_id"), 4), W(I("system_number"), 2), W(I("occupancy"), 2), W(I("time_scale"), 2), T("network") with { Since = 2 }],
        ["H3"] = [W(T("target"), 10), W(I("ilrs_id"), 8), W(I("sic"), 4), W(I("norad_id"), 8), W(I("spacecraft_time_scale"), 1), W(I("target_class"), 1), I("target_location") with { Since = 2 }],
        ["H4"] =
        [
            Must(I("data_type", 0, 2), 2), Must(I("start_year", 1950, 2200), 4), Must(I("start_month", 1, 12), 2), Must(I("start_day", 1, 31), 2), Must(I("start_hour", 0, 23), 2),
            Must(I("start_minute", 0, 59), 2), Must(I("start_second", 0, 60), 2), W(I("end_year", -1, 2200), 4), W(I("end_month", -1, 12), 2), W(I("end_day", -1, 31), 2),
            W(I("end_hour", -1, 23), 2), W(I("end_minute", -1, 59), 2), W(I("end_second", -1, 60), 2), W(I("data_release"), 2), W(I("refraction_applied", 0, 1), 1),
            W(I("centre_of_mass_applied", 0, 1), 1), W(I("amplitude_applied", 0, 1), 1), W(I("system_delay_applied", 0, 1), 1), W(I("transponder_delay_applied", 0, 1), 1),
            Must(I("range_type", 0, 4), 1), W(I("data_quality", 0, 9), 1),
        ],
        ["H5"] = [I("prediction_type"), I("prediction_year"), T("prediction_time"), T("prediction_provider"), I("prediction_sequence")],
        ["H8"] = [],
        ["H9"] = [],
        ["C0"] = [Detail, N("wavelength_nm"), T("system_id"), .. Enumerable.Range(0, 7).Select(i => T($"component_{(char)('a' + i)}") with { IsOptional = true })],
        ["C1"] = [Detail, T("laser_id"), T("laser_type"), N("wavelength_nm"), N("fire_rate_hz"), N("pulse_energy_mj"), N("pulse_width_ps"), N("divergence_arcsec"), I("pulses")],
        ["C2"] =
        [
            Detail, T("detector_id"), T("detector_type"), N("wavelength_nm"), N("quantum_efficiency_percent"), N("voltage_v"), N("dark_count_khz"), T("pulse_type"), N("pulse_width_ps"),
            N("spectral_filter_nm"), N("transmission_percent"), N("spatial_filter_arcsec"), T("signal_processing"), N("amplifier_gain") with { Since = 2 },
            N("amplifier_bandwidth_khz") with { Since = 2 }, T("amplifier_in_use") with { Since = 2 },
        ],
        ["C3"] = [Detail, T("timing_id"), T("time_source"), T("frequency_source"), T("timer"), T("timer_serial"), N("epoch_delay_us")],
        ["C4"] =
        [
            Detail, T("transponder_id"), N("station_utc_offset_ns"), N("station_drift"), N("transponder_utc_offset_ns"), N("transponder_drift"), N("transponder_reference_s"),
            I("station_drift_applied"), I("spacecraft_drift_applied"), I("spacecraft_time_simplified"),
        ],
        ["C5"] = [Detail, T("software_id"), T("tracking_software"), T("tracking_versions"), T("processing_software"), T("processing_versions")],
        ["C6"] =
        [
            Detail, T("meteorology_id"), T("pressure_maker"), T("pressure_model"), T("pressure_serial"), T("temperature_maker"), T("temperature_model"), T("temperature_serial"),
            T("humidity_maker"), T("humidity_model"), T("humidity_serial"),
        ],
        ["C7"] = [Detail, T("calibration_id"), T("calibration_target"), N("distance_m"), N("survey_error_mm"), N("delays_m"), N("pulse_energy_mj"), T("software"), T("software_version")],
        ["00"] = [new LaserField("text", LaserFieldKind.Line) { IsOptional = true }],
        ["10"] =
        [
            Seconds, Flight, T("system_id"), Event, I("filter_flag", 0, 2), I("detector_channel"), I("stop_number"), N("receive_amplitude"), N("transmit_amplitude") with { Since = 2 },
        ],
        ["11"] =
        [
            Seconds, Flight, T("system_id"), Event, N("window_s"), I("raw_ranges"), N("rms_ps"), N("skew"), N("kurtosis"), N("peak_minus_mean_ps"), N("return_rate"),
            I("detector_channel"), N("signal_to_noise") with { Since = 2 },
        ],
        ["12"] = [Seconds, T("system_id"), N("refraction_ps"), N("centre_of_mass_m"), N("neutral_density"), N("time_bias_s"), N("range_rate_m_per_s") with { Since = 2 }],
        ["20"] = [Seconds, N("pressure_mbar"), N("temperature_k"), N("humidity_percent"), I("origin")],
        ["21"] =
        [
            Seconds, N("wind_speed_m_per_s"), N("wind_direction_deg"), T("precipitation"), N("visibility_km"), N("sky_clarity"), N("seeing_arcsec"), N("cloud_cover_percent"),
            N("sky_temperature_k") with { Since = 2, IsOptional = true },
        ],
        ["30"] =
        [
            Seconds, N("azimuth_deg") with { IsNeeded = true, Min = -180, Max = 360 }, N("elevation_deg") with { IsNeeded = true, Min = -90, Max = 90 }, I("direction", 0, 2), I("origin", 0, 3),
            I("refraction_corrected", 0, 1), N("azimuth_rate_deg_per_s") with { Since = 2 }, N("elevation_rate_deg_per_s") with { Since = 2 },
        ],
        ["40"] = Calibration,
        ["41"] = Calibration,
        ["42"] =
        [
            Seconds, Flight, T("system_id"), T("calibration_id"), N("other_delays_m"), I("calibration_type"), I("shift_type"), I("filter_flag"), I("detector_channel"), I("stop_number"), I("span"),
            N("receive_amplitude"), N("transmit_amplitude") with { IsOptional = true },
        ],
        ["50"] = [T("system_id"), N("rms_ps"), N("skew"), N("kurtosis"), N("peak_minus_mean_ps"), I("quality")],
        ["60"] = [T("system_id"), I("system_change"), I("system_configuration")],
    };

    /// <summary>The field that gives a record its time.</summary>
    internal static LaserField SecondsOfDay => Seconds;

    /// <summary>Fields of records 90 to 99, which only their writers know.</summary>
    internal static IReadOnlyList<LaserField> OfStation { get; } = [new LaserField("text", LaserFieldKind.Line) { IsOptional = true }];

    /// <returns>Null when the format has no such record.</returns>
    public static IReadOnlyList<LaserField>? Find(string type) => Records.TryGetValue(type, out var fields) ? fields : type.Length == 2 && type[0] == '9' && char.IsAsciiDigit(type[1]) ? OfStation : null;

    /// <summary>Whether a text says that there is no value: na, and -na as the format's own examples have it.</summary>
    internal static bool IsNotAvailable(ReadOnlySpan<byte> text) => text.SequenceEqual("na"u8) || text.SequenceEqual("NA"u8) || text.SequenceEqual("-na"u8);

    /// <returns>Null, or why a text is no value of a field.</returns>
    internal static string? Check(LaserField field, ReadOnlySpan<byte> text)
    {
        if (field.Kind is LaserFieldKind.Text or LaserFieldKind.Line) return null;
        if (IsNotAvailable(text)) return field.IsNeeded ? "needed, and not given" : null;
        if (!double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value)) return "not a number";
        if (field.Kind == LaserFieldKind.WholeNumber && value != Math.Floor(value)) return "not a whole number";
        if (value == -1 && !field.IsNeeded) return null;
        return value < field.Min || value > field.Max ? string.Create(CultureInfo.InvariantCulture, $"not from {field.Min} to {field.Max}") : null;
    }

    /// <returns>Null, or the field of a record that is wrong, and why.</returns>
    internal static (string Field, string Reason)? Check(LaserRecord record)
    {
        if (Find(record.Type) is not { } table) return ("type", "the format has no such record");
        int next = 0;
        foreach (var (name, text) in record.Fields)
        {
            while (next < table.Count && table[next].Name != name) next++;
            if (next == table.Count) return (name, $"not a field of a record {record.Type} in this place");
            if (table[next].Kind != LaserFieldKind.Line && text.AsSpan().ContainsAny(" \t\r\n")) return (name, "more than one word");
            if (text.Length == 0) return (name, "empty");
            if (Check(table[next++], System.Text.Encoding.UTF8.GetBytes(text)) is { } wrong) return (name, wrong);
        }
        return null;
    }

    private static LaserField T(string name) => new(name, LaserFieldKind.Text);

    private static LaserField I(string name, double min = double.NegativeInfinity, double max = double.PositiveInfinity) => new(name, LaserFieldKind.WholeNumber) { Min = min, Max = max };

    private static LaserField N(string name) => new(name, LaserFieldKind.Number);

    private static LaserField W(LaserField field, int width) => field with { Width = width };

    private static LaserField Must(LaserField field, int width) => field with { Width = width, IsNeeded = true };
}
