using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Predicts what a sensor measures of a propagated object, with the derivatives by its state and by the observer's. Safe for concurrent use.</summary>
/// <remarks>
/// Everything is computed relative to the stars in GCRF; light time is solved about the time tag (<see cref="SignalGeometry"/>). A range rate at one instant is the change of the
/// predicted range by the time of the tag, what a count over an ever shorter interval comes to. The troposphere's and the Earth's field's part in a range rate
/// at one instant, millimetres per second, is left out; a count contains it.
/// </remarks>
public sealed partial class MeasurementModel
{
    internal const double LightSpeedKmPerS = 299_792.458;
    private const int Kinds = MeasurementFigureAccess.KindCount;

    private readonly EarthRotation _rotation;
    private readonly ISolarSystem _bodies;

    /// <param name="rotation">How the Earth turns.</param>
    /// <param name="conventions">Of the domain's sensors, which do not state theirs.</param>
    /// <param name="bodies">Where Sun and Moon are, for tides of the ground and the aberration of stars; by default short series, whose error makes at most 2 mm and 0.01".</param>
    public MeasurementModel(EarthRotation rotation, SignalConventions conventions, ISolarSystem? bodies = null)
        => (_rotation, Conventions, _bodies) = (rotation, conventions, bodies ?? AnalyticSolarSystem.Instance);

    /// <summary>Of the domain's sensors, which do not state theirs.</summary>
    public SignalConventions Conventions { get; }

    /// <summary>Predicted measurements in standard weather, without noise and bias.</summary>
    /// <param name="sensor">Who measures.</param>
    /// <param name="state">The object at the time tag, in GCRF.</param>
    /// <exception cref="ArgumentException">The state is not in GCRF.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The observer or the table of Earth orientation does not cover the instant.</exception>
    public PredictedFigures Predict(TrackingSensor sensor, CartesianState state)
    {
        if (state.Frame != Frame.Gcrf) throw new ArgumentException($"Expected GCRF, got {state.Frame}.", nameof(state));
        return Predict(sensor, state.Epoch, state.PositionKm, state.VelocityKmPerS, []);
    }

    /// <summary>Predicted figures of an observation, with its time tag and weather, without noise and bias.</summary>
    /// <param name="observation">Whose sensor, time tag and weather count; its figures do not.</param>
    /// <param name="positionKm">Of the object at the time tag, GCRF.</param>
    /// <param name="velocityKmPerS">The same.</param>
    /// <param name="partials">
    /// Empty, or 6×6 by rows: the kinds in the order of <see cref="MeasurementKind"/> by the object's position and velocity at the time tag; of the angles themselves, not across the line of sight.
    /// </param>
    /// <param name="observerPartials">Empty, or the same by the observer's position and velocity in GCRF at the time tag.</param>
    /// <exception cref="ArgumentOutOfRangeException">The observer or the table of Earth orientation does not cover the instant.</exception>
    public PredictedFigures Predict(TrackingObservation observation, Vector3d positionKm, Vector3d velocityKmPerS, Span<double> partials, Span<double> observerPartials = default)
        => Predict(observation.Sensor, observation.Epoch, positionKm, velocityKmPerS, partials, observerPartials, observation.Weather);

    internal PredictedFigures Predict(
        TrackingSensor sensor, Epoch epoch, Vector3d position, Vector3d velocity, Span<double> partials, Span<double> observerPartials = default, SurfaceWeather? weather = null)
    {
        var figures = AtOnce(sensor, epoch, position, velocity, partials, observerPartials, weather);
        if (sensor.Conventions.RangeRateCountSeconds is not { } seconds) return figures;
        return figures with { RangeRateKmPerS = Count(sensor, epoch, position, velocity, seconds, partials, observerPartials, weather) };
    }

    /// <summary>What the uncertainty of the observer's own orbit makes of one observation: covariance of the kinds, azimuth and right ascension across the line of sight.</summary>
    /// <remarks>
    /// The error is the same for the object's measurements at one instant and changes little within a pass: estimators that can, consider the observer's state instead, through its partials.
    /// </remarks>
    /// <param name="observation">The observation.</param>
    /// <param name="positionKm">Of the object at the time tag, GCRF.</param>
    /// <param name="velocityKmPerS">The same.</param>
    /// <param name="covariance">6×6 by rows: km, rad, km/s and products of them. Zero where the observer counts as known and for kinds it cannot measure.</param>
    public void FillObserverCovariance(TrackingObservation observation, Vector3d positionKm, Vector3d velocityKmPerS, Span<double> covariance)
    {
        covariance.Clear();
        if (observation.Sensor.Place.Uncertainty(observation.Epoch) is not { } own) return;
        Span<double> partials = stackalloc double[Kinds * 6], half = stackalloc double[Kinds * 6];
        var figures = Predict(observation, positionKm, velocityKmPerS, [], partials);
        for (int i = 0; i < Kinds; i++)
        for (int j = 0; j < 6; j++)
        {
            double sum = 0;
            for (int k = 0; k < 6; k++) sum += partials[i * 6 + k] * own[k, j];
            half[i * 6 + j] = sum;
        }
        for (int i = 0; i < Kinds; i++)
        for (int j = 0; j < Kinds; j++)
        {
            if (double.IsNaN(figures.Of((MeasurementKind)i)) || double.IsNaN(figures.Of((MeasurementKind)j))) continue;
            double sum = 0;
            for (int k = 0; k < 6; k++) sum += half[i * 6 + k] * partials[j * 6 + k];
            covariance[i * Kinds + j] = sum * figures.Across((MeasurementKind)i) * figures.Across((MeasurementKind)j);
        }
    }

    /// <summary>Change of the range over a counting interval, divided by it.</summary>
    private double Count(
        TrackingSensor sensor, Epoch epoch, Vector3d position, Vector3d velocity, double seconds, Span<double> partials, Span<double> observerPartials, SurfaceWeather? weather)
    {
        double from = sensor.Conventions.RangeRateCountFrom(seconds);
        const int rate = (int)MeasurementKind.RangeRate * 6;
        if (!partials.IsEmpty) partials.Slice(rate, 6).Clear();
        if (!observerPartials.IsEmpty) observerPartials.Slice(rate, 6).Clear();
        return (range(from + seconds, partials, observerPartials, 1) - range(from, partials, observerPartials, -1)) / seconds;

        double range(double dt, Span<double> byObject, Span<double> byObserver, int sign)
        {
            Span<double> then = stackalloc double[byObject.IsEmpty ? 0 : Kinds * 6], thenByObserver = stackalloc double[byObserver.IsEmpty ? 0 : Kinds * 6];
            var (r, v) = ShortArc.Move(position, velocity, dt);
            var figures = AtOnce(sensor, epoch.PlusSeconds(dt), r, v, then, thenByObserver, weather);
            if (!byObject.IsEmpty) Chain(new FreeFall(position, velocity), dt, then, byObject.Slice(rate, 6), sign / seconds);
            if (!byObserver.IsEmpty)
                for (int j = 0; j < 6; j++) byObserver[rate + j] += sign / seconds * (j < 3 ? thenByObserver[j] : thenByObserver[j] + dt * thenByObserver[j - 3]);
            return figures.RangeKm;
        }
    }

    /// <summary>Adds the derivatives of a range at another instant, by the state at this one.</summary>
    private static void Chain(FreeFall fall, double dt, ReadOnlySpan<double> rangeThen, Span<double> target, double factor)
    {
        Vector3d byPosition = new(rangeThen[0], rangeThen[1], rangeThen[2]), byVelocity = new(rangeThen[3], rangeThen[4], rangeThen[5]);
        var (position, velocity) = fall.PullBack(dt, byPosition, byVelocity);
        (target[0], target[1], target[2]) = (target[0] + factor * position.X, target[1] + factor * position.Y, target[2] + factor * position.Z);
        (target[3], target[4], target[5]) = (target[3] + factor * velocity.X, target[4] + factor * velocity.Y, target[5] + factor * velocity.Z);
    }
}
