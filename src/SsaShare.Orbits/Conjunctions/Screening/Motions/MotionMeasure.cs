using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>Measures how far a smooth motion is from free fall about a spherical Earth.</summary>
internal static class MotionMeasure
{
    private const double StepS = 5;

    /// <summary>Tested on orbits down to 100 km: between two measurements the acceleration changes by far less.</summary>
    private const double Factor = 1.5, LeastKmPerS2 = 2e-6;

    /// <param name="impulses">Instants at which the velocity steps, which is not counted here.</param>
    /// <returns>A bound, km/s²: half again the largest mean over two steps, from second differences of the position.</returns>
    public static double BeyondGravity(IScreenedMotion motion, IReadOnlyList<Epoch> impulses)
    {
        int steps = (int)(motion.Last.SecondsSince(motion.First) / StepS);
        double largest = 0;
        Vector3d before = default, here = default;
        for (int i = 0; i <= steps; i++)
        {
            var epoch = motion.First.PlusSeconds(i * StepS);
            motion.At(epoch, out var next, out _);
            if (i > 1 && !impulses.Any(impulse => impulse >= motion.First.PlusSeconds((i - 2) * StepS) && impulse <= epoch))
                largest = Math.Max(largest, ((next - 2 * here + before) / (StepS * StepS) - SphericalPull.Plain(here)).Norm);
            (before, here) = (here, next);
        }
        return Factor * largest + LeastKmPerS2;
    }
}
