namespace SsaShare.Orbits;

/// <summary>Temperature from 72.5 km up and what it does to a gas in diffusive equilibrium: Bates' exponential above 123 km, a spline of 1/T below.</summary>
/// <remarks>Hedin 1987, appendix; Bates 1959, Proc. R. Soc. A 253, 451; Walker 1965, J. Atmos. Sci. 22, 462.</remarks>
internal readonly struct TemperatureProfile
{
    /// <summary>Where the densities of the gases are given.</summary>
    public const double BaseKm = 120;

    private readonly LatitudeGravity _gravity;
    private readonly double _far, _base, _shapePerKm, _joinKm, _perMass;
    private readonly Layer _join;
    private readonly InverseTemperatureSpline _below;

    /// <param name="farK">Exospheric temperature.</param>
    /// <param name="baseK">Temperature at 120 km.</param>
    /// <param name="baseGradient">Its gradient there, K/km.</param>
    /// <param name="joinKm">Where the two parts meet.</param>
    /// <param name="lower">Heights below it with their temperatures, and the gradient at the last; empty where nothing below is asked for.</param>
    public TemperatureProfile(in LatitudeGravity gravity, double farK, double baseK, double baseGradient, double joinKm, LowerNodes lower)
    {
        (_gravity, _far, _base, _joinKm) = (gravity, farK, baseK, joinKm);
        _shapePerKm = baseGradient / (farK - baseK);
        _perMass = gravity.AtCmPerS2(BaseKm) / (_shapePerKm * LatitudeGravity.GasConstant * farK);
        if (lower.HeightsKm.IsEmpty) return;
        _join = Bates(joinKm);
        Span<double> heights = stackalloc double[InverseTemperatureSpline.MostNodes], temperatures = stackalloc double[InverseTemperatureSpline.MostNodes];
        (heights[0], temperatures[0]) = (joinKm, _join.TemperatureK);
        lower.HeightsKm.CopyTo(heights[1..]);
        lower.TemperaturesK.CopyTo(temperatures[1..]);
        double joinGradient = (farK - _join.TemperatureK) * _shapePerKm * gravity.GradientRatio(BaseKm, joinKm);
        _below = new InverseTemperatureSpline(gravity, heights, temperatures, joinGradient, lower.LastGradient);
    }

    public Layer At(double heightKm)
    {
        if (heightKm >= _joinKm) return Bates(heightKm);
        double temperature = _below.TemperatureK(heightKm, out double integral);
        return new Layer(temperature, Math.Log(_base / temperature), _join.PerMass - _gravity.AtCmPerS2(_joinKm) / LatitudeGravity.GasConstant * integral);
    }

    private Layer Bates(double heightKm)
    {
        double fall = _shapePerKm * _gravity.GeopotentialKm(heightKm, BaseKm), temperature = _far - (_far - _base) * Math.Exp(-fall), thermal = Math.Log(_base / temperature);
        return new Layer(temperature, thermal, _perMass * (thermal - fall));
    }
}

/// <summary>Nodes below the join of <see cref="TemperatureProfile"/>.</summary>
internal readonly ref struct LowerNodes(ReadOnlySpan<double> heightsKm, ReadOnlySpan<double> temperaturesK, double lastGradient)
{
    public ReadOnlySpan<double> HeightsKm { get; } = heightsKm;

    public ReadOnlySpan<double> TemperaturesK { get; } = temperaturesK;

    public double LastGradient { get; } = lastGradient;
}

/// <summary>One height: its temperature, and the logarithm of a gas's density against 120 km as (1 + α) <paramref name="Thermal"/> + mass <paramref name="PerMass"/>.</summary>
internal readonly record struct Layer(double TemperatureK, double Thermal, double PerMass)
{
    /// <param name="mass">Atomic mass units.</param>
    /// <param name="thermalDiffusion">α.</param>
    public double LogRatio(double mass, double thermalDiffusion) => (1 + thermalDiffusion) * Thermal + mass * PerMass;
}
