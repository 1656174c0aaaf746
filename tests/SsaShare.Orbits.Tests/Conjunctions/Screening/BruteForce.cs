using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

/// <summary>Every pair at every step, without filter, cell or bound: what the screening is compared with.</summary>
internal sealed class BruteForce(Epoch start, double seconds)
{
    private const double StepS = 15;

    public readonly record struct Approach(long Id1, long Id2, double Seconds, double Km, double KmPerS);

    /// <summary>Local minima of the distance inside the span, by golden section between the steps around each least one.</summary>
    public List<Approach> Find(IReadOnlyList<ScreenedElements> objects, double withinKm)
    {
        int steps = (int)Math.Ceiling(seconds / StepS) + 1;
        Sgp4Propagator[] satellites = [.. objects.Select(one => new Sgp4Propagator(one.Elements))];
        Epoch[] times = [.. Enumerable.Range(-1, steps + 2).Select(i => start.PlusSeconds(i * StepS))];
        var batch = new Sgp4Batch(objects.Select(one => one.Elements));
        var states = batch.CreateStates(times.Length);
        batch.Propagate(times, states);
        var positions = new double[objects.Count][];
        for (int i = 0; i < objects.Count; i++)
            positions[i] = [.. Enumerable.Range(0, times.Length).SelectMany(t => new[] { states[i, t].PositionKm.X, states[i, t].PositionKm.Y, states[i, t].PositionKm.Z })];
        // Between two steps no pair moves further than this.
        double reach2 = Math.Pow(withinKm + 25 * StepS, 2);
        var found = new List<Approach>();
        var gate = new Lock();
        Parallel.For(0, objects.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var own = new List<Approach>();
            for (int j = i + 1; j < objects.Count; j++) Find(i, j, own);
            lock (gate) found.AddRange(own);
        });
        return found;

        void Find(int i, int j, List<Approach> own)
        {
            double[] a = positions[i], b = positions[j];
            double before = double.NaN, here = double.NaN;
            for (int t = 0; t < times.Length; t++)
            {
                double x = a[3 * t] - b[3 * t], y = a[3 * t + 1] - b[3 * t + 1], z = a[3 * t + 2] - b[3 * t + 2], next = x * x + y * y + z * z;
                if (before >= here && here < next && here < reach2) Sharpen(i, j, t - 1, own);
                (before, here) = (here, next);
            }
        }

        void Sharpen(int i, int j, int t, List<Approach> own)
        {
            double low = (t - 2) * StepS, high = t * StepS, ratio = (Math.Sqrt(5) - 1) / 2;
            while (high - low > 1e-4)
            {
                double left = high - ratio * (high - low), right = low + ratio * (high - low);
                if (Km(i, j, left) < Km(i, j, right)) high = right;
                else low = left;
            }
            double at = (low + high) / 2, km = Km(i, j, at);
            if (!(km <= withinKm) || at < 0 || at >= seconds) return;
            var (p, q) = (satellites[i].Propagate(start.PlusSeconds(at)), satellites[j].Propagate(start.PlusSeconds(at)));
            own.Add(new Approach(Math.Min(objects[i].Id, objects[j].Id), Math.Max(objects[i].Id, objects[j].Id), at, km, (p.VelocityKmPerS - q.VelocityKmPerS).Norm));
        }

        double Km(int i, int j, double at)
        {
            var epoch = start.PlusSeconds(at);
            return satellites[i].Propagate(epoch).PositionKm.DistanceTo(satellites[j].Propagate(epoch).PositionKm);
        }
    }
}
