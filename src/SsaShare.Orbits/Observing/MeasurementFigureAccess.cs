namespace SsaShare.Orbits;

/// <summary>The kinds as numbers.</summary>
internal static class MeasurementFigureAccess
{
    /// <summary>How many kinds of measurement there are.</summary>
    public const int KindCount = 6;
}
