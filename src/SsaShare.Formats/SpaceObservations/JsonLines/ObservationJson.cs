namespace SsaShare.Formats;

/// <summary>
/// Our own lines of JSON, one object a line for each observation: everything that <see cref="ObservationRecord"/> holds. Fields that are not known are left out.
/// </summary>
/// <remarks>
/// <c>ssa_observation</c> is 1, the version. <c>object_number</c>, <c>object_cospar</c>, <c>object_name</c>; <c>station</c>, <c>station_name</c>, <c>station_condition</c>,
/// <c>station_position_km</c> (three numbers, Earth-fixed); <c>time</c> (UTC, ISO 8601 with Z), <c>time_precision_s</c>, <c>time_system</c> (in which it was given, where not UTC),
/// <c>time_sigma_s</c>, <c>time_standard</c>, <c>time_event</c> (reception, transmission, bounce); <c>azimuth_deg</c> and <c>elevation_deg</c>, or <c>right_ascension_deg</c> and
/// <c>declination_deg</c>, their rates with <c>_rate_deg_per_s</c>; <c>equinox</c>, <c>angle_form</c>, <c>angle_1_digits</c>, <c>angle_2_digits</c>, <c>angle_sigma_deg</c>,
/// <c>refraction_corrected</c>; <c>range_km</c>, <c>range_rate_km_per_s</c>, <c>range_acceleration_km_per_s2</c>; <c>behaviour</c>, <c>magnitude</c>, <c>magnitude_faintest</c>,
/// <c>invisible_at_faintest</c>, <c>magnitude_sigma</c>, <c>period_s</c>; <c>card</c>: marks of a B3 card; <c>laser</c>: <c>type</c> and the fields of <see cref="LaserRecordTable"/>;
/// <c>extra</c>: texts by name.
/// </remarks>
internal static class ObservationJson
{
    public const int Version = 1;
    public const int LongestText = 200;

    /// <summary>Whether a text can stand in a line of any format: no control characters.</summary>
    public static bool IsPrintable(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
        {
            if (char.IsControl(c) || char.IsSurrogate(c)) return false;
        }
        return true;
    }

    public static string Word(TimeTagEvent moment) => moment switch { TimeTagEvent.Reception => "reception", TimeTagEvent.Transmission => "transmission", TimeTagEvent.Bounce => "bounce", _ => "observation" };

    public static TimeTagEvent? Event(string word) => word switch { "reception" => TimeTagEvent.Reception, "transmission" => TimeTagEvent.Transmission, "bounce" => TimeTagEvent.Bounce, "observation" => TimeTagEvent.Observation, _ => null };
}
