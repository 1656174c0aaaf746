namespace SsaShare.Orbits;

public sealed partial class NrlmsiseConditions
{
    private const double PerCubicMetre = 1e6;

    /// <summary>One place above 72.5 km: its temperatures and what they make of each gas.</summary>
    private readonly ref struct Column
    {
        private static ReadOnlySpan<double> NodeHeightsKm => [110, 100, 90, MiddleTopKm];

        private readonly NrlmsiseConditions _conditions;
        private readonly double _heightKm, _farK, _logTurbulentNitrogen;
        private readonly LatitudeGravity _gravity;
        private readonly TemperatureProfile _profile;
        private readonly Layer _here;
        private readonly Sums _sums;

        public Column(NrlmsiseConditions conditions, double latitudeDegrees, double heightKm, ReadOnlySpan<double> basis)
        {
            (_conditions, _heightKm, _gravity) = (conditions, heightKm, new LatitudeGravity(latitudeDegrees));
            bool nodesVary = heightKm < NodesVaryBelowKm;
            Span<double> s = _sums;
            conditions.Sum(basis, latitudeDegrees, nodesVary, s);
            if (!nodesVary) s[NrlmsiseLanes.Temperature110..].Clear();
            // Below the join the far temperature plays no part any more, and the model holds it.
            _farK = Mean.FarK * (1 + (heightKm > Mean.JoinKm ? s[NrlmsiseLanes.FarTemperature] : 0));
            double baseGradient = Mean.BaseGradient * (1 + (heightKm > MiddleTopKm ? s[NrlmsiseLanes.BaseGradient] : 0));
            double baseK = Mean.BaseK * (1 + s[NrlmsiseLanes.BaseTemperature]);
            double at72 = Mean.At72 / (1 - s[NrlmsiseLanes.Temperature72]), share = at72 / Mean.At72;
            (Temperature72K, Gradient72) = (at72, Mean.Gradient72 * (1 + s[NrlmsiseLanes.Gradient72]) * share * share);
            bool mixes = heightKm <= Constituents.HighestMixedKm;
            ReadOnlySpan<double> nodes = [Mean.At110 / (1 - s[NrlmsiseLanes.Temperature110]), Mean.At100 / (1 - s[NrlmsiseLanes.Temperature100]), Mean.At90 / (1 - s[NrlmsiseLanes.Temperature90]), at72];
            _profile = new TemperatureProfile(_gravity, _farK, baseK, baseGradient, Mean.JoinKm, mixes ? new LowerNodes(NodeHeightsKm, nodes, Gradient72) : default);
            _here = _profile.At(heightKm);
            if (!mixes) return;
            double turbopauseKm = Gases.TurbopauseKm * (1 + conditions._turbopauseWave * basis[HorizontalBasis.Zonal + 1]);
            _logTurbulentNitrogen = Gases.Nitrogen2LogBase + _sums[NrlmsiseLanes.Nitrogen2] + _profile.At(turbopauseKm).LogRatio(Constituents.NitrogenMass - Constituents.MixedMass, -1);
        }

        public double Temperature72K { get; }

        public double Gradient72 { get; }

        public LatitudeGravity Gravity => _gravity;

        /// <summary>Logarithm of the density of N2 as it were if all below were mixed, 1/cm³.</summary>
        public double LogMixedNitrogen => _logTurbulentNitrogen + _here.LogRatio(Constituents.MixedMass, 0);

        public AtmosphericComposition Composition()
        {
            Span<double> densities = stackalloc double[NrlmsiseLanes.AnomalousOxygen + 1];
            var turbopause = default(Layer);
            double turbopauseKm = 0;
            foreach (var gas in Gases.Others)
            {
                if (_heightKm <= gas.MixedBelowKm && gas.TurbopauseKm != turbopauseKm) (turbopauseKm, turbopause) = (gas.TurbopauseKm, _profile.At(gas.TurbopauseKm));
                densities[gas.Lane] = PerCubicMetre * Math.Exp(Log(gas, turbopause));
            }
            return new AtmosphericComposition(_farK, _here.TemperatureK, densities[NrlmsiseLanes.Helium], densities[NrlmsiseLanes.Oxygen], PerCubicMetre * Math.Exp(LogNitrogen2()),
                densities[NrlmsiseLanes.Oxygen2], densities[NrlmsiseLanes.Argon], densities[NrlmsiseLanes.Hydrogen], densities[NrlmsiseLanes.Nitrogen], PerCubicMetre * Math.Exp(LogAnomalousOxygen()));
        }

        private double LogNitrogen2()
        {
            double diffusive = Gases.Nitrogen2LogBase + _sums[NrlmsiseLanes.Nitrogen2] + _here.LogRatio(Constituents.NitrogenMass, 0);
            return _heightKm <= Constituents.NitrogenMixedBelowKm ? Gases.LogNet(diffusive, LogMixedNitrogen, Constituents.NitrogenMass) : diffusive;
        }

        private double Log(Constituent gas, in Layer turbopause)
        {
            double atBase = gas.LogBase + _sums[gas.Lane], log = atBase + _here.LogRatio(gas.Mass, gas.ThermalDiffusion);
            bool isOxygen2 = gas.Lane == NrlmsiseLanes.Oxygen2;
            if (_heightKm <= gas.MixedBelowKm)
            {
                double turbulent = atBase + turbopause.LogRatio(gas.Mass - Constituents.MixedMass, gas.ThermalDiffusion - 1);
                log = Gases.LogNet(log, turbulent + _here.LogRatio(Constituents.MixedMass, 0), gas.Mass);
                double strength = gas.LogGroundRatio is { } ratio ? _logTurbulentNitrogen + ratio - turbulent : gas.Ground.Strength * _conditions._strengthGain;
                log += gas.Ground.At(_heightKm, strength);
                if (!isOxygen2) log += gas.Chemistry.At(_heightKm, gas.Chemistry.Strength);
            }
            // The departure of O2 from diffusive equilibrium goes on above its turbopause.
            return isOxygen2 ? log + gas.Chemistry.At(_heightKm, gas.Chemistry.Strength * _conditions._strengthGain) : log;
        }

        /// <remarks>Isothermal at 4,000 K; fitted above 500 km, and falls off so steeply below that nothing is left of it at 200 km.</remarks>
        private double LogAnomalousOxygen()
        {
            const double Mass = 16;
            double perGeopotential = Mass / (LatitudeGravity.GasConstant * Gases.AnomalousTemperatureK);
            double diffusive = -perGeopotential * _gravity.AtCmPerS2(TemperatureProfile.BaseKm) * _gravity.GeopotentialKm(_heightKm, TemperatureProfile.BaseKm);
            double scaleKm = 1 / (perGeopotential * _gravity.AtCmPerS2(Gases.AnomalousHeightKm));
            double cut = Gases.AnomalousLengthKm / scaleKm * (Math.Exp((Gases.AnomalousHeightKm - _heightKm) / Gases.AnomalousLengthKm) - 1);
            return Gases.AnomalousLogBase + _sums[NrlmsiseLanes.AnomalousOxygen] + diffusive - cut;
        }

        [System.Runtime.CompilerServices.InlineArray(ExpansionTable.Lanes)]
        private struct Sums
        {
            private double _first;
        }
    }
}
