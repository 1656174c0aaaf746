using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>An object in the sight of a sensor, by steps of the scan, both included.</summary>
internal readonly record struct Pass(int FirstStep, int LastStep, int Sensor, int Object) : IComparable<Pass>
{
    public int CompareTo(Pass other)
    {
        int byStep = FirstStep.CompareTo(other.FirstStep), bySensor = Sensor.CompareTo(other.Sensor);
        return byStep != 0 ? byStep : bySensor != 0 ? bySensor : Object.CompareTo(other.Object);
    }
}

/// <summary>Which sensor has which object in sight when, by looking at every step of time.</summary>
internal sealed class PassSearch(IReadOnlyList<SimulatedSensor> sensors, IReadOnlyList<SensorSight> sights, TrueMotions truth, double stepSeconds, int threads)
{
    // High objects move so slowly through a field that every eighth step will do.
    private const double HighRadiusKm = 15_000;
    private const int StepsWhereHigh = 8;

    /// <summary>All passes of the present window of the truth, in order of time, sensor and object.</summary>
    public List<Pass> Find(int steps)
    {
        var moments = new SightMoment[steps * sensors.Count];
        Parallel.For(0, steps, new ParallelOptions { MaxDegreeOfParallelism = threads }, step =>
        {
            for (int s = 0; s < sensors.Count; s++) moments[step * sensors.Count + s] = sights[s].At(EpochOf(step));
        });
        var all = new List<Pass>();
        Parallel.For(0, truth.Objects.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => new Finder(new List<Pass>(), new int[sensors.Count]),
            (i, _, finder) =>
            {
                Find(i, steps, moments, finder);
                return finder;
            },
            finder =>
            {
                lock (all) all.AddRange(finder.Found);
            });
        all.Sort();
        return all;
    }

    private Epoch EpochOf(int step) => truth.WindowFrom.PlusSeconds(step * stepSeconds);

    /// <summary>Of one thread: what it found, and where the pass of each sensor began, -1 for none.</summary>
    private readonly record struct Finder(List<Pass> Found, int[] Begun);

    private void Find(int index, int steps, SightMoment[] moments, in Finder finder)
    {
        var target = truth.Objects[index];
        Array.Fill(finder.Begun, -1);
        int next = 0;
        for (int step = 0; step < steps; step++)
        {
            if (step < next) continue;
            bool isThere = truth.TryAt(index, EpochOf(step), out var position, out _);
            next = step + (isThere && position.Norm > HighRadiusKm ? StepsWhereHigh : 1);
            for (int s = 0; s < sensors.Count; s++)
            {
                bool sees = isThere && (target.ForgedBy is null || target.ForgedBy == sensors[s].Declared.Key.Owner) && sights[s].Sees(moments[step * sensors.Count + s], position, target);
                if (sees && finder.Begun[s] < 0) finder.Begun[s] = step;
                else if (!sees && finder.Begun[s] >= 0) End(finder, s, index, step - 1);
            }
        }
        for (int s = 0; s < sensors.Count; s++)
            if (finder.Begun[s] >= 0) End(finder, s, index, steps - 1);
    }

    private static void End(in Finder finder, int sensor, int index, int lastStep)
    {
        finder.Found.Add(new Pass(finder.Begun[sensor], lastStep, sensor, index));
        finder.Begun[sensor] = -1;
    }
}
