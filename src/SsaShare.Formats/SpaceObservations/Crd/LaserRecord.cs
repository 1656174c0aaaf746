namespace SsaShare.Formats;

/// <summary>A record of laser ranging data (ILRS CRD) field by field, as written.</summary>
/// <param name="Type">Two characters, upper case: H1 to H5, H8, H9, C0 to C7, 00, 10 to 12, 20, 21, 30, 40 to 42, 50, 60, 90 to 99.</param>
/// <param name="Fields">By the names of <see cref="LaserRecordTable"/>; "na" where the station had nothing to say.</param>
public sealed record LaserRecord(string Type, KeyedFields Fields)
{
    /// <returns>Null when there is no such field, or no number in it.</returns>
    public double? Number(string name)
        => double.TryParse(Fields.Find(name), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double value) ? value : null;
}
