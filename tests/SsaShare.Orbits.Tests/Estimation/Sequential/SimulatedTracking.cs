using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>A true orbit with real process noise, and what radars measure of it with noise and biases drawn from what they state.</summary>
internal sealed class SimulatedTracking
{
    private const double StepS = 60;

    public static Propagator Propagator { get; } = new(new ForceModel(new ForceModelOptions(4, false, true)));

    public static OrbitProcessNoise Noise { get; } = OrbitProcessNoise.OfAcceleration(5e-8, 60) with { Drag = new GaussMarkov(0.5, 3 * 3_600), Radiation = new GaussMarkov(0.1, 12 * 3_600) };

    public required FilterStart Start { get; init; }

    /// <summary>By instant.</summary>
    public required IReadOnlyDictionary<Epoch, CartesianState> Truth { get; init; }

    public required List<TrackingObservation> Observations { get; init; }

    /// <param name="seed">Of everything that is drawn.</param>
    /// <param name="hours">Length of the arc.</param>
    /// <param name="everySeconds">Between observations of a pass.</param>
    /// <param name="noise">What moves the truth.</param>
    /// <param name="biased">Whether the biases are drawn or zero.</param>
    /// <param name="burn">Change of velocity, RTN, km/s, and when it happens; null for none.</param>
    /// <param name="startSigmaKm">Of the starting state; a thousandth of it per second for the velocity.</param>
    /// <param name="orbit">At the start; null for <see cref="Testing.LowOrbit"/>.</param>
    /// <param name="radars">Who observes; null for <see cref="SyntheticPasses.Three"/>.</param>
    public static SimulatedTracking Create(int seed, double hours, double everySeconds, OrbitProcessNoise noise, bool biased = true, (double AfterS, Vector3d RtnKmPerS)? burn = null, double startSigmaKm = 0.1,
        CartesianState? orbit = null, Sensor[]? radars = null)
    {
        var normal = Testing.Normal(seed);
        Vector3d draw(double sigma) => sigma * new Vector3d(normal(), normal(), normal());
        var first = orbit ?? Testing.LowOrbit;
        var surface = new SurfaceCoefficients(0.02, 0.02);
        var start = FilterStart.Diagonal(new CartesianState(first.Epoch, first.Frame, first.PositionKm + draw(startSigmaKm), first.VelocityKmPerS + draw(1e-3 * startSigmaKm)),
            startSigmaKm, 1e-3 * startSigmaKm, surface, new SurfaceCoefficients(0.005, 0.005));
        var constant = new SurfaceCoefficients(0.02 + 0.005 * normal(), 0.02 + 0.005 * normal());
        double drag = noise.Drag.Sigma * 0.02 * normal(), light = noise.Radiation.Sigma * 0.02 * normal();
        (TrackingSensor Sensor, double[] Bias)[] sensors = [.. (radars ?? SyntheticPasses.Three).Select(s => TrackingSensor.From(s, SignalConventions.Corrected))
            .Select(s => (s, biased ? new[] { Draw(s, MeasurementKind.Range), Draw(s, MeasurementKind.Azimuth), Draw(s, MeasurementKind.Elevation) } : new double[3]))];
        double Draw(TrackingSensor s, MeasurementKind kind) => s.Bias.Of(kind)!.Value + Math.Max(s.Bias.Of(kind)!.Value, s.Sigma.Of(kind)!.Value) * normal();
        var truth = new Dictionary<Epoch, CartesianState>();
        var observations = new List<TrackingObservation>();
        var state = first;
        int perStep = (int)(StepS / everySeconds);
        for (double t = 0; t < hours * 3_600; t += StepS)
        {
            Epoch[] epochs = [.. Enumerable.Range(1, perStep).Select(i => state.Epoch.PlusSeconds(i * everySeconds))];
            var acting = new SurfaceCoefficients(constant.BallisticM2PerKg + drag, constant.RadiationM2PerKg + light);
            if (!Propagator.TrySample(state, acting, epochs, false, out var states)) throw new InvalidOperationException("The truth leaves its orbit.");
            state = states[^1].ToState();
            var axes = LocalOrbitFrame.Of(state, LocalOrbitAxes.Rtn).FromInertial;
            Vector3d moved = default, pushed = default;
            double[] densities = [noise.RadialKm2PerS3, noise.TransverseKm2PerS3, noise.NormalKm2PerS3];
            for (int i = 0; i < 3; i++)
            {
                // Position and velocity that white acceleration makes in a step, with their correlation.
                double root = Math.Sqrt(densities[i] * StepS), a = normal(), b = normal();
                var axis = i == 0 ? axes.Row0 : i == 1 ? axes.Row1 : axes.Row2;
                moved += root * StepS / Math.Sqrt(3) * a * axis;
                pushed += root * (Math.Sqrt(3) / 2 * a + 0.5 * b) * axis;
            }
            if (burn is { } it && t < it.AfterS && it.AfterS <= t + StepS) pushed += axes.TransposedTimes(it.RtnKmPerS);
            state = new CartesianState(state.Epoch, state.Frame, state.PositionKm + moved, state.VelocityKmPerS + pushed);
            states[^1] = states[^1] with { PositionKm = state.PositionKm, VelocityKmPerS = state.VelocityKmPerS };
            drag = noise.Drag.Decay(StepS) * drag + 0.02 * noise.Drag.NewSigma(StepS) * normal();
            light = noise.Radiation.Decay(StepS) * light + 0.02 * noise.Radiation.NewSigma(StepS) * normal();
            foreach (var at in states)
            {
                truth[at.Epoch] = at.ToState();
                foreach (var (sensor, bias) in sensors)
                {
                    var m = SyntheticPasses.Model.Predict(sensor, at.ToState());
                    if (m.ElevationRad < 10 * Testing.RadPerDegree) continue;
                    observations.Add(new TrackingObservation(sensor, at.Epoch, new TrackingFigures(
                        m.RangeKm + bias[0] + sensor.Sigma.RangeKm!.Value * normal(),
                        m.AzimuthRad + bias[1] + sensor.Sigma.AzimuthRad!.Value * normal() / Math.Cos(m.ElevationRad),
                        m.ElevationRad + bias[2] + sensor.Sigma.ElevationRad!.Value * normal())));
                }
            }
        }
        return new SimulatedTracking { Start = start, Truth = truth, Observations = observations };
    }

    /// <summary>Normalised estimation error squared: six degrees of freedom.</summary>
    public double Nees(FilterEstimate estimate)
    {
        var truth = Truth[estimate.State.Epoch];
        Vector3d dr = estimate.State.PositionKm - truth.PositionKm, dv = estimate.State.VelocityKmPerS - truth.VelocityKmPerS;
        double[] d = [dr.X, dr.Y, dr.Z, dv.X, dv.Y, dv.Z], p = new double[36], x = new double[6];
        for (int i = 0; i < 36; i++) p[i] = estimate.Covariance[i / 6, i % 6];
        Assert.True(SymmetricSolver.TrySolve(p, d, x));
        return d.Zip(x, (a, b) => a * b).Sum();
    }

    public double ErrorKm(FilterEstimate estimate) => estimate.State.PositionKm.DistanceTo(Truth[estimate.State.Epoch].PositionKm);
}
