using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>One evaluation of a fit: residuals and their derivatives, which observations count, cost.</summary>
internal sealed class FitEvaluation
{
    public required double[] Parameters { get; init; }
    public required double[] Values { get; init; }
    public required double[] Normalised { get; init; }
    public required FitDesign Design { get; init; }

    /// <summary>By which the residuals are normalised. Held while corrections are compared, so that none looks better for a larger noise.</summary>
    public required FitIteration.Noise Noise { get; init; }

    /// <summary>Which observations are left out; null where all count, large residuals with Huber's weights.</summary>
    public required bool[]? Rejected { get; init; }

    /// <summary>Where Huber's weights begin to fall, in sigmas: follows the scatter while the orbit is still far off.</summary>
    public required double HuberLimit { get; init; }

    public required double Cost { get; init; }

    public bool IsRejected(int observation) => Rejected is not null && Rejected[observation];

    /// <summary>Root of the weight of a measurement's equation, over its noise.</summary>
    public double RootWeight(int measurement)
    {
        double huber = Rejected is null ? Math.Min(1, HuberLimit / Math.Abs(Normalised[measurement])) : 1;
        return Math.Sqrt(Noise.Share[measurement] * huber) / Noise.Sigma[measurement];
    }
}

/// <summary>Derivatives of the predicted measurements, angles across the line of sight, by what they depend on. Buffers of one evaluation; used again for later ones.</summary>
internal sealed class FitDesign(int measurements, int observations, bool withTime, bool withPlatform)
{
    /// <summary>By state and surface coefficients, a row for each measurement.</summary>
    public double[] ByOrbit { get; } = new double[measurements * FitProblem.OrbitParameters];

    /// <summary>By the bias of the own kind: 1, or the cosine that brings an angle across the line of sight.</summary>
    public double[] ByBias { get; } = new double[measurements];

    /// <summary>By time, 1/s of the figure; empty where no clock is in question.</summary>
    public double[] ByTime { get; } = new double[withTime ? measurements : 0];

    /// <summary>By the six standard errors of the platform, a row for each measurement; empty where every place is certain.</summary>
    public double[] ByPlatform { get; } = new double[withPlatform ? measurements * FitSensor.PlatformParameters : 0];

    /// <summary>The propagated states, position and velocity, six for each observation that is followed.</summary>
    public double[] States { get; } = new double[observations * 6];

    /// <summary>Their partials, six rows of eight for each.</summary>
    public double[] Partials { get; } = new double[observations * 6 * FitProblem.OrbitParameters];

    public Vector3d Position(int followed) => Three(followed * 6);

    public Vector3d Velocity(int followed) => Three(followed * 6 + 3);

    private Vector3d Three(int at) => new(States[at], States[at + 1], States[at + 2]);

    /// <summary>Derivative of a measurement by one of its sensor's own parameters.</summary>
    public double ByOwn(int measurement, MeasurementKind kind, int own) => own switch
    {
        FitSensor.TimeBias => -ByTime[measurement],
        >= FitSensor.Platform => ByPlatform[measurement * FitSensor.PlatformParameters + own - FitSensor.Platform],
        _ => own == (int)kind ? ByBias[measurement] : 0,
    };
}
