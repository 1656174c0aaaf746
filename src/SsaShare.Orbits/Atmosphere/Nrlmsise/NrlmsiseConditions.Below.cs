namespace SsaShare.Orbits;

public sealed partial class NrlmsiseConditions
{
    private const double MixedCompletelyBelowKm = 62.5;

    private ExpansionTable? _middle;

    private static ReadOnlySpan<double> MesosphereKm => [MiddleTopKm, 55, 45, 32.5];

    private static ReadOnlySpan<double> StratosphereKm => [32.5, 20, 15, 10, 0];

    /// <summary>The air below 72.5 km: mixed, its temperature by two splines of 1/T that meet at 32.5 km.</summary>
    private AtmosphericComposition Below(double heightKm, in Column upper, ReadOnlySpan<double> basis)
    {
        // Worked out once per day of conditions, and the same by whichever thread.
        var table = LazyInitializer.EnsureInitialized(ref _middle, Middle);
        Span<double> sums = stackalloc double[ExpansionTable.Lanes], none = stackalloc double[ExpansionTable.Lanes], temperatures = stackalloc double[8];
        none.Clear();
        table.Sum(basis, none, all: false, sums);
        temperatures[0] = upper.Temperature72K;
        for (int i = 0; i < 7; i++) temperatures[i + 1] = Mean.Middle[i] / (1 - sums[i]);
        double share32 = temperatures[3] / Mean.Middle[2], shareGround = temperatures[7] / Mean.Middle[6];
        double gradient32 = Mean.Gradient32 * (1 + sums[8]) * share32 * share32, gradientGround = Mean.GradientGround * (1 + sums[7]) * shareGround * shareGround;

        var top = upper.Composition();
        double mixed = PerCubicMetre * Math.Exp(upper.LogMixedNitrogen);
        double factor = Fall(upper.Gravity, MesosphereKm, temperatures[..4], upper.Gradient72, gradient32, Math.Max(heightKm, MesosphereKm[^1]), out double temperature);
        if (heightKm < StratosphereKm[0]) factor *= Fall(upper.Gravity, StratosphereKm, temperatures[3..], gradient32, gradientGround, heightKm, out temperature);

        double unmixed = heightKm > MixedCompletelyBelowKm ? 1 - (MiddleTopKm - heightKm) / (MiddleTopKm - MixedCompletelyBelowKm) : 0;
        double nitrogen = mixed * factor * (1 + unmixed * (top.Nitrogen2 / mixed - 1));
        double of(double density, double ratio) => nitrogen * ratio * (1 + unmixed * (density / (top.Nitrogen2 * ratio) - 1));
        return new AtmosphericComposition(top.ExosphericTemperatureK, temperature, of(top.Helium, Mean.HeliumRatio), 0, nitrogen, of(top.Oxygen2, Mean.OxygenRatio), of(top.Argon, Mean.ArgonRatio), 0, 0, 0);
    }

    /// <summary>By what factor mixed air is denser at a height than at the first node.</summary>
    private static double Fall(in LatitudeGravity gravity, ReadOnlySpan<double> heightsKm, ReadOnlySpan<double> temperatures, double firstGradient, double lastGradient, double heightKm, out double temperature)
    {
        var spline = new InverseTemperatureSpline(gravity, heightsKm, temperatures, firstGradient, lastGradient);
        temperature = spline.TemperatureK(heightKm, out double integral);
        return temperatures[0] / temperature * Math.Exp(-Constituents.MixedMass * gravity.AtCmPerS2(heightsKm[0]) / LatitudeGravity.GasConstant * integral);
    }

    private ExpansionTable Middle()
    {
        var table = new ExpansionTable();
        for (int lane = 0; lane < NrlmsiseLanes.Middle.Length; lane++)
            new ExpansionWriter(table, lane, NrlmsiseCoefficients.Default[NrlmsiseLanes.Middle[lane]], _dayOfYear, _activity.F107Previous, _activity.F107Average).WriteLower(MagneticTerms.Daily);
        return table;
    }
}
