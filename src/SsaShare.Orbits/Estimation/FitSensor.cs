using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One sensor of a fit, with the parameters that are its own: a bias of each kind, one of its clock, and six of its platform.</summary>
internal sealed class FitSensor
{
    private const int Kinds = MeasurementFigureAccess.KindCount;

    /// <summary>Numbers of its own parameters: biases by kind, then these.</summary>
    public const int TimeBias = Kinds, Platform = Kinds + 1, PlatformParameters = 6, OwnParameters = Platform + PlatformParameters;

    private readonly IObserver _place;

    public FitSensor(TrackingSensor sensor)
    {
        (Key, _place) = (sensor.Key, sensor.Place);
        for (int k = 0; k < Kinds; k++)
        {
            Sigma[k] = sensor.Sigma.Of((MeasurementKind)k) ?? 0;
            Published[k] = sensor.Bias.Of((MeasurementKind)k) ?? 0;
            // Our convention, for want of a stated uncertainty: a published bias may be off by all of itself, and by no less than the noise, the scale of what a calibration leaves.
            OwnSigma[k] = Math.Max(Math.Abs(Published[k]), Sigma[k]);
        }
        Array.Fill(OwnSigma, 1, Platform, PlatformParameters);
    }

    public SensorKey Key { get; }

    /// <summary>Whether it measures azimuth and elevation at all.</summary>
    public bool HasHorizon => _place.HasHorizon;

    /// <summary>Whether the place that it measures from is itself uncertain.</summary>
    public bool HasUncertainPlace { get; private set; }

    /// <summary>Noise by kind; 0 where it states none.</summary>
    public double[] Sigma { get; } = new double[Kinds];

    /// <summary>Whether a measurement of the kind takes part.</summary>
    public bool[] Measures { get; } = new bool[Kinds];

    /// <summary>Own parameters beforehand.</summary>
    public double[] Published { get; } = new double[OwnParameters];
    public double[] OwnSigma { get; } = new double[OwnParameters];

    /// <summary>Numbers of the own parameters that are estimated and considered.</summary>
    public int[] Estimated { get; private set; } = [];
    public int[] Considered { get; private set; } = [];

    /// <summary>Takes note of the observer at an instant that it covers.</summary>
    public void Visit(Epoch epoch) => HasUncertainPlace |= _place.Uncertainty(epoch) is not null;

    /// <summary>Decides what becomes of its own parameters; all its observations have been visited.</summary>
    public void Treat(OrbitFitOptions options)
    {
        OwnSigma[TimeBias] = options.TimeBiasSigmaS;
        var treatments = new ParameterTreatment[OwnParameters];
        Array.Fill(treatments, ParameterTreatment.Fixed);
        for (int k = 0; k < Kinds; k++)
            if (Measures[k]) treatments[k] = options.BiasTreatments.TryGetValue((Key, (MeasurementKind)k), out var single) ? single : options.BiasTreatment;
        treatments[TimeBias] = options.TimeBiasTreatment;
        if (HasUncertainPlace) Array.Fill(treatments, options.PlatformTreatment, Platform, PlatformParameters);
        Estimated = [.. Enumerable.Range(0, OwnParameters).Where(i => treatments[i] == ParameterTreatment.Estimated)];
        Considered = [.. Enumerable.Range(0, OwnParameters).Where(i => treatments[i] == ParameterTreatment.Considered)];
    }
}
