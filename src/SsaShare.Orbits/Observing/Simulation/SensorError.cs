using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>What a sensor's measurements really suffer, from an instant on: a sensor may be worse than it says, drift, or have a wrong clock.</summary>
/// <param name="Since">First instant; before it the sensor is as declared, or as an earlier entry says.</param>
/// <param name="Sigma">One-sigma noise as in <see cref="TrackingSensor.Sigma"/>; null kinds are as declared.</param>
/// <param name="Bias">Measured minus true; null kinds are as declared.</param>
public sealed record SensorError(Epoch Since, TrackingFigures Sigma, TrackingFigures Bias)
{
    private const double SecondsPerDay = 86_400;

    /// <summary>By how much the bias grows in a day from <see cref="Since"/> on. Default: nothing.</summary>
    public TrackingFigures DriftPerDay { get; init; } = TrackingFigures.None;

    /// <summary>Time tag minus true time, s. Default 0.</summary>
    public double ClockBiasS { get; init; }

    /// <summary>Bias of a kind at an instant, measured minus true, of the angle itself.</summary>
    public double BiasAt(MeasurementKind kind, TrackingFigures declared, Epoch epoch)
        => (Bias.Of(kind) ?? declared.Of(kind) ?? 0) + (DriftPerDay.Of(kind) ?? 0) * epoch.SecondsSince(Since) / SecondsPerDay;
}
