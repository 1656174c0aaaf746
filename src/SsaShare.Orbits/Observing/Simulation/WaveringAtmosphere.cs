using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An atmosphere that is denser or thinner than a model says, everywhere alike and changing over days: the error that all estimators with that model share.</summary>
/// <remarks>
/// The logarithm of the ratio is a sum of waves of half a day to eight days with phases from a seed; over long times its standard deviation is the given one. Models of density err by 10 to 15 %
/// in quiet times and by far more in storms (Vallado and Finkleman, Acta Astronautica 95, 2014).
/// </remarks>
public sealed class WaveringAtmosphere : IAtmosphere
{
    private const int Waves = 6;
    private const double ShortestPeriodS = 43_200, LongestPeriodS = 8 * 86_400;

    private readonly IAtmosphere _model;
    private readonly double _amplitude;
    private readonly (double RateRadPerS, double PhaseRad)[] _waves = new (double, double)[Waves];

    /// <param name="model">What estimators believe.</param>
    /// <param name="sigma">Standard deviation of the logarithm of true over believed density.</param>
    /// <param name="seed">Of the phases.</param>
    /// <exception cref="ArgumentOutOfRangeException">The sigma is negative or not finite.</exception>
    public WaveringAtmosphere(IAtmosphere model, double sigma, ulong seed)
    {
        if (!(sigma >= 0) || !double.IsFinite(sigma)) throw new ArgumentOutOfRangeException(nameof(sigma), sigma, "Expected zero or more.");
        (_model, _amplitude) = (model, sigma * Math.Sqrt(2.0 / Waves));
        var random = new SimulationRandom(seed, 0, 0, 6);
        for (int i = 0; i < Waves; i++)
            _waves[i] = (Math.Tau / (ShortestPeriodS * Math.Pow(LongestPeriodS / ShortestPeriodS, (i + random.NextUniform()) / Waves)), Math.Tau * random.NextUniform());
    }

    public bool Covers(Epoch epoch) => _model.Covers(epoch);

    public string? Warning(Epoch from, Epoch to) => _model.Warning(from, to);

    public double DensityKgPerM3(Epoch epoch, Geodetic place) => Ratio(epoch) * _model.DensityKgPerM3(epoch, place);

    /// <summary>True over believed density.</summary>
    public double Ratio(Epoch epoch)
    {
        double sum = 0, t = epoch.TtSecondsSinceJ2000;
        foreach (var (rate, phase) in _waves) sum += Math.Cos(rate * t + phase);
        return Math.Exp(_amplitude * sum);
    }
}
