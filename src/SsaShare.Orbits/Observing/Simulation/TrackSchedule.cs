using SsaShare.Domain;

namespace SsaShare.Orbits;

/// <summary>A look at one object that is to be taken.</summary>
internal readonly record struct PlannedTrack(int Step, int Sensor, int Object);

/// <summary>Which sensor takes which object when: step by step, each what has waited longest of what it has in sight.</summary>
internal sealed class TrackSchedule
{
    private const double SecondsPerHour = 3_600, SecondsPerDay = 86_400;

    private readonly IReadOnlyList<SimulatedSensor> _sensors;
    private readonly Epoch[][] _lastSeen;
    private readonly double[] _credit;
    private readonly double _stepSeconds;

    /// <param name="sensors">In the order in which they choose.</param>
    /// <param name="objects">How many there are.</param>
    /// <param name="from">Where the simulation begins; everything was last seen at some time of the day before.</param>
    /// <param name="stepSeconds">Between steps.</param>
    /// <param name="seed">Of the simulation.</param>
    public TrackSchedule(IReadOnlyList<SimulatedSensor> sensors, int objects, Epoch from, double stepSeconds, ulong seed)
    {
        (_sensors, _stepSeconds) = (sensors, stepSeconds);
        _credit = new double[sensors.Count];
        var groups = new Dictionary<(Tasking, object?), Epoch[]>();
        _lastSeen = [.. sensors.Select(sensor => Group(groups, sensor))];

        Epoch[] Group(Dictionary<(Tasking, object?), Epoch[]> known, SimulatedSensor sensor)
        {
            var key = (sensor.Rhythm.Tasking, sensor.Rhythm.Tasking switch { Tasking.Own => sensor.Declared.Key, Tasking.Partner => sensor.Declared.Key.Owner, _ => (object?)null });
            if (known.TryGetValue(key, out var seen)) return seen;
            long number = known.Count;
            seen = [.. Enumerable.Range(0, objects).Select(i => from.PlusSeconds(-SecondsPerDay * new SimulationRandom(seed, i, number, 2).NextUniform()))];
            known.Add(key, seen);
            return seen;
        }
    }

    /// <summary>The tracks of a window, in order of time and sensor.</summary>
    /// <param name="passes">In order of time and sensor.</param>
    /// <param name="from">Where the window begins.</param>
    /// <param name="steps">How many steps it has.</param>
    public List<PlannedTrack> Plan(IReadOnlyList<Pass> passes, Epoch from, int steps)
    {
        var planned = new List<PlannedTrack>();
        List<Pass>[] inSight = [.. _sensors.Select(_ => new List<Pass>())];
        int next = 0;
        for (int step = 0; step < steps; step++)
        {
            var now = from.PlusSeconds(step * _stepSeconds);
            for (; next < passes.Count && passes[next].FirstStep == step; next++) inSight[passes[next].Sensor].Add(passes[next]);
            for (int s = 0; s < _sensors.Count; s++)
            {
                double perStep = _sensors[s].Rhythm.TracksPerHour * _stepSeconds / SecondsPerHour;
                _credit[s] = Math.Min(_credit[s] + perStep, 1 + perStep);
                inSight[s].RemoveAll(pass => pass.LastStep < step);
                for (; _credit[s] >= 1 && TryChoose(inSight[s], _lastSeen[s], now, _sensors[s].Rhythm.RevisitSeconds, out int index); _credit[s]--)
                {
                    _lastSeen[s][index] = now;
                    planned.Add(new PlannedTrack(step, s, index));
                }
            }
        }
        return planned;
    }

    private static bool TryChoose(List<Pass> inSight, Epoch[] lastSeen, Epoch now, double revisitSeconds, out int index)
    {
        index = -1;
        var oldest = now.PlusSeconds(-revisitSeconds);
        foreach (var pass in inSight)
        {
            if (lastSeen[pass.Object] > oldest || (index >= 0 && lastSeen[pass.Object] == oldest)) continue;
            (index, oldest) = (pass.Object, lastSeen[pass.Object]);
        }
        return index >= 0;
    }
}
