using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The last revolutions, or days, of an orbit, integrated as they are: the shape of the Earth and drag.</summary>
/// <param name="drag">Of 1 m²/kg.</param>
/// <param name="ballisticM2PerKg">Drag coefficient times area over mass.</param>
/// <param name="start">Where time counts from.</param>
internal sealed class FinalRevolutions(UnitDrag drag, double ballisticM2PerKg, Epoch start) : IDifferentialEquations
{
    private const double InstantToleranceSeconds = 0.01;

    // The Earth turns by its mean rate from here on; a day's error of it is far below what matters.
    private readonly double _sidereal = UnitDrag.SiderealRad(start);

    public void Derivative(double t, ReadOnlySpan<double> y, Span<double> derivative)
    {
        var (position, velocity) = (new Vector3d(y[0], y[1], y[2]), new Vector3d(y[3], y[4], y[5]));
        var acceleration = ZonalField.AccelerationKmPerS2(position)
            + ballisticM2PerKg * drag.AccelerationKmPerS2(start.PlusSeconds(t), _sidereal + EarthRotation.NominalRateRadPerS * t, position, velocity);
        (derivative[0], derivative[1], derivative[2]) = (y[3], y[4], y[5]);
        (derivative[3], derivative[4], derivative[5]) = (acceleration.X, acceleration.Y, acceleration.Z);
    }

    /// <summary>When the object first comes below a height.</summary>
    /// <param name="position">TEME, km.</param>
    /// <param name="velocity">TEME, km/s.</param>
    /// <param name="heightKm">Above the ellipsoid.</param>
    /// <param name="longestSeconds">To be followed at most.</param>
    /// <returns>Null where it does not, or the activity is not known as far.</returns>
    public Epoch? Fall(Vector3d position, Vector3d velocity, double heightKm, double longestSeconds)
    {
        if (UnitDrag.HeightKm(position) < heightKm) return start;
        double rate = Math.Sqrt(ZonalField.MuKm3PerS2 / position.Norm) / position.Norm;
        var flight = new Dop853(this, OrbitAveraging.Tolerances(rate));
        flight.Start(0, [position.X, position.Y, position.Z, velocity.X, velocity.Y, velocity.Z], 10);
        double[] y = new double[6];
        double next = 0;
        while (flight.Time < longestSeconds)
        {
            // A step ahead of the table would ask it; a day at a time is looked up first.
            if (flight.Time >= next && !drag.Covers(start.PlusSeconds(next += 86_400))) return null;
            if (!flight.TryStep(Math.Min(longestSeconds, next))) return null;
            if (!(UnitDrag.HeightKm(Position(flight.Values)) < heightKm)) continue;
            double above = flight.PreviousTime, below = flight.Time;
            while (below - above > InstantToleranceSeconds)
            {
                double middle = 0.5 * (above + below);
                flight.Interpolate(middle, y);
                if (UnitDrag.HeightKm(Position(y)) < heightKm) below = middle;
                else above = middle;
            }
            return start.PlusSeconds(below);
        }
        return null;
    }

    private static Vector3d Position(ReadOnlySpan<double> y) => new(y[0], y[1], y[2]);
}
