using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>The longest step that still sees the shortest waves of a body's field.</summary>
/// <remarks>
/// Along the orbit a harmonic of degree n comes and goes once in 2π/(n · angular rate): 79 s at 400 km for degree 70. An integrator whose steps are longer takes samples of such a wave
/// too far apart: what it sees is a slow wave that is not there, and since its estimate of the error rests on the same samples, the estimate sees nothing wrong. High up the waves fade
/// with (R/r)ⁿ; a degree counts while that is above 1e-7, which together with the coefficients' own size (Kaula's 1e-5/n²) leaves less than 1e-14 of the pull.
/// </remarks>
internal readonly struct GravityWaves(ForceModel forces)
{
    private const double StepPerWave = 0.85, Fade = 1e-7, RoughlyEnough = 0.9;
    private const int MostTries = 12;

    private readonly int _degree = forces.GravityDegree;
    private readonly double _radiusKm = forces.Gravity.RadiusKm, _mu = forces.Gravity.MuKm3PerS2;

    /// <param name="position">Where the step begins, from the centre, km.</param>
    /// <param name="velocity">There, km/s.</param>
    /// <param name="planned">The step that is planned, s, signed; no longer one is asked about.</param>
    /// <returns>s, positive; where it is below the planned step that is too long.</returns>
    public double LongestStepS(Vector3d position, Vector3d velocity, double planned)
    {
        double longest = At(position, velocity);
        // Upwards the waves grow longer; downwards, over the pericentre perhaps, what lies ahead decides.
        if (position.Dot(velocity) * planned >= 0) return longest;
        double step = Math.Min(longest, Math.Abs(planned));
        for (int i = 0; i < MostTries; i++)
        {
            double ahead = Math.Min(Ahead(position, velocity, Math.CopySign(0.5 * step, planned)), Ahead(position, velocity, Math.CopySign(step, planned)));
            if (!(ahead < RoughlyEnough * step)) return i == 0 ? longest : step;
            step = Math.Max(ahead, 0.5 * step);
        }
        return step;
    }

    private double Ahead(Vector3d position, Vector3d velocity, double seconds)
        => TwoBody.TryPropagate(position, velocity, seconds, out var r, out var v, _mu) ? At(r, v) : double.PositiveInfinity;

    private double At(Vector3d position, Vector3d velocity)
    {
        double radius = position.Norm, rate = position.Cross(velocity).Norm / (radius * radius);
        double degree = radius > _radiusKm ? Math.Min(_degree, -Math.Log(Fade) / Math.Log(radius / _radiusKm)) : _degree;
        return StepPerWave * Math.Tau / (degree * rate);
    }
}
