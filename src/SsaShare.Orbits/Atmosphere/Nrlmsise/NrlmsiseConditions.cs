using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>
/// The NRLMSISE-00 atmosphere on one day and at one activity: everything that does not depend on the place is worked out once, here.
/// Immutable and safe for concurrent use; asking allocates nothing above 72.5 km.
/// </summary>
/// <remarks>
/// Picone, Hedin, Drob and Aikin 2002, J. Geophys. Res. 107 (A12), 1468; functions as in Hedin 1987, J. Geophys. Res. 92 (A5), 4649. All variations are on, as published
/// for drag (the program's switches all 1; switch 9 is -1 with <see cref="NrlmsiseActivity.History"/>). Against satellites' drag the model errs by about 15 % (1 sigma) on quiet days, more in storms.
/// </remarks>
public sealed partial class NrlmsiseConditions
{
    private const double MiddleTopKm = 72.5, NodesVaryBelowKm = 300, RadPerDegree = Math.PI / 180;

    private static readonly Constituents Gases = Constituents.Default;
    private static readonly Means Mean = new(NrlmsiseCoefficients.Default);

    private readonly int _dayOfYear;
    private readonly NrlmsiseActivity _activity;
    private readonly ExpansionTable _table;
    private readonly GeomagneticResponse[] _responses;
    private readonly double _strengthGain, _turbopauseWave;

    /// <param name="dayOfYear">1 to 366, UT.</param>
    /// <param name="activity">Solar flux and geomagnetic activity.</param>
    /// <exception cref="ArgumentOutOfRangeException">The day is none of a year, or a figure is negative or not finite.</exception>
    public NrlmsiseConditions(int dayOfYear, NrlmsiseActivity activity)
        : this(dayOfYear, activity, Upper(dayOfYear, activity))
    {
    }

    private NrlmsiseConditions(int dayOfYear, in NrlmsiseActivity activity, ExpansionTable table)
    {
        (_dayOfYear, _activity, _table) = (dayOfYear, activity, table);
        _strengthGain = Gases.StrengthGain(activity.F107Average);
        _turbopauseWave = Gases.TurbopauseSwing * SeasonalPhases.Wave(dayOfYear, Gases.TurbopausePhaseDay);
        _responses = new GeomagneticResponse[NrlmsiseLanes.Upper.Length];
        for (int i = 0; i < _responses.Length; i++) _responses[i] = new GeomagneticResponse(NrlmsiseCoefficients.Default[NrlmsiseLanes.Upper[i]], activity);
    }

    /// <summary>The same day with other activity of the last hours: cheap, the tables of the day are shared.</summary>
    /// <exception cref="InvalidOperationException">These conditions have no history.</exception>
    public NrlmsiseConditions WithHistory(ApHistory history)
        => _activity.History is null ? throw new InvalidOperationException("These conditions were made of a daily Ap.") : new(_dayOfYear, _activity with { History = history }, _table);

    /// <summary>The air at a place; local time is the mean time of its longitude.</summary>
    /// <param name="place">Geodetic; from 0 to about 2,500 km.</param>
    /// <param name="universalSeconds">UT of the day, s.</param>
    public AtmosphericComposition At(Geodetic place, double universalSeconds)
    {
        double longitude = place.LongitudeRad / RadPerDegree;
        return At(place.HeightKm, place.LatitudeRad / RadPerDegree, longitude, universalSeconds, universalSeconds / 3_600 + longitude / 15);
    }

    /// <summary>The air at a height, with a local time of its own: the model's full set of arguments.</summary>
    /// <param name="heightKm">Above the ellipsoid.</param>
    /// <param name="latitudeDegrees">Geodetic.</param>
    /// <param name="longitudeDegrees">East.</param>
    /// <param name="universalSeconds">UT of the day, s.</param>
    /// <param name="localHours">Local solar time.</param>
    public AtmosphericComposition At(double heightKm, double latitudeDegrees, double longitudeDegrees, double universalSeconds, double localHours)
    {
        Span<double> basis = stackalloc double[HorizontalBasis.Rows];
        HorizontalBasis.Fill(latitudeDegrees, longitudeDegrees, universalSeconds, localHours, basis);
        var upper = new Column(this, latitudeDegrees, Math.Max(heightKm, MiddleTopKm), basis);
        return heightKm >= MiddleTopKm ? upper.Composition() : Below(heightKm, upper, basis);
    }

    private static ExpansionTable Upper(int dayOfYear, in NrlmsiseActivity activity)
    {
        if (dayOfYear is < 1 or > 366) throw new ArgumentOutOfRangeException(nameof(dayOfYear), dayOfYear, "Expected 1 to 366.");
        Require(activity.F107Previous, activity.F107Average, activity.ApDaily);
        if (activity.History is { } h) Require(h.Now, h.Before3, h.Before6, h.Before9, h.Before12To33, h.Before36To57);
        var magnetic = activity.History is null ? MagneticTerms.Daily : MagneticTerms.History;
        var (table, tables) = (new ExpansionTable(), NrlmsiseCoefficients.Default);
        for (int lane = 0; lane < NrlmsiseLanes.Upper.Length; lane++)
            new ExpansionWriter(table, lane, tables[NrlmsiseLanes.Upper[lane]], dayOfYear, activity.F107Previous, activity.F107Average).WriteUpper(magnetic);
        for (int i = 0; i < NrlmsiseLanes.Lower.Length; i++)
            new ExpansionWriter(table, NrlmsiseLanes.Temperature110 + i, tables[NrlmsiseLanes.Lower[i]], dayOfYear, activity.F107Previous, activity.F107Average).WriteLower(magnetic);
        return table;
    }

    private static void Require(params ReadOnlySpan<double> figures)
    {
        foreach (double figure in figures)
            if (!(figure >= 0) || !double.IsFinite(figure)) throw new ArgumentOutOfRangeException(nameof(figures), figure, "Expected a figure of solar or geomagnetic activity.");
    }

    /// <summary>Sums of all expansions at a place; the lower ones answer to activity as the temperature at 120 km does.</summary>
    private void Sum(ReadOnlySpan<double> basis, double latitudeDegrees, bool all, Span<double> sums)
    {
        Span<double> activity = stackalloc double[ExpansionTable.Lanes];
        for (int i = 0; i < _responses.Length; i++) activity[i] = _responses[i].At(latitudeDegrees);
        activity[_responses.Length..].Fill(activity[NrlmsiseLanes.BaseTemperature]);
        _table.Sum(basis, activity, all, sums);
    }

    /// <summary>The mean values that the expansions vary.</summary>
    private sealed class Means(NrlmsiseCoefficients tables)
    {
        public double JoinKm { get; } = tables["PDL2"][16];
        public double FarK { get; } = tables["PTM"][1] * tables["PT"][1];
        public double BaseGradient { get; } = tables["PTM"][4] * tables["PS"][1];
        public double BaseK { get; } = tables["PTM"][2] * tables["PD4"][1];
        public double At110 { get; } = tables["PTM"][7] * tables["PTL1"][1];
        public double At100 { get; } = tables["PTM"][3] * tables["PTL2"][1];
        public double At90 { get; } = tables["PTM"][8] * tables["PTL3"][1];
        public double At72 { get; } = tables["PTM"][5] * tables["PTL4"][1];
        public double Gradient72 { get; } = tables["PTM"][9] * tables["PMA9"][1];
        public double[] Middle { get; } = [.. Enumerable.Range(1, 7).Select(i => tables[$"PMA{i}"][1] * tables["PAVGM"][i])];
        public double GradientGround { get; } = tables["PMA8"][1] * tables["PAVGM"][8];
        public double Gradient32 { get; } = tables["PMA10"][1] * tables["PAVGM"][9];
        public double HeliumRatio { get; } = tables["PDM1"][2];
        public double OxygenRatio { get; } = tables["PDM4"][2];
        public double ArgonRatio { get; } = tables["PDM5"][2];
    }
}
