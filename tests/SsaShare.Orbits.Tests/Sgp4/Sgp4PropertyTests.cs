using SsaShare.Domain;

namespace SsaShare.Orbits.Tests;

public sealed class Sgp4PropertyTests
{
    private static readonly Sgp4Vectors[] Widths = [Sgp4Vectors.Scalar, Sgp4Vectors.Four, Sgp4Vectors.Eight];

    [Fact]
    public void Propagate_AnyElements_GivesFiniteStateOrAnError()
    {
        double[] minutes = [0, 1, -1, 719.9, 1_440, -14_400, 525_600, -2e6, 1e15, -1e300, double.PositiveInfinity, double.NaN];
        foreach (var make in (Func<Random, ElementSet>[])[RandomElements.Sound, RandomElements.Valid, RandomElements.Wild])
        {
            var random = new Random(7);
            var sets = Enumerable.Range(0, 1_000).Select(_ => make(random)).ToArray();
            foreach (var width in Widths)
            {
                var batch = new Sgp4Batch(sets, vectors: width);
                var states = batch.CreateStates(minutes.Length);
                batch.PropagateMinutes(minutes, states);
                int valid = 0;
                for (int i = 0; i < sets.Length; i++)
                for (int j = 0; j < minutes.Length; j++)
                {
                    var state = states[i, j];
                    if (state.IsValid) valid++;
                    bool consistent = state.IsValid ? state.PositionKm.IsFinite && state.VelocityKmPerS.IsFinite : double.IsNaN(state.PositionKm.X) && double.IsNaN(state.VelocityKmPerS.Z);
                    Assert.True(consistent, $"{width}, {sets[i]} at {minutes[j]}: {state}");
                    Assert.True(double.IsFinite(minutes[j]) || !state.IsValid);
                }
                if (make == RandomElements.Sound) Assert.True(valid > sets.Length * 4);
            }
        }
    }

    [Fact]
    public void Propagate_SoundElements_VectorsEqualTheScalarForm()
    {
        double[] minutes = [0, 10, 700, 1_441, 20_000, -3_000];
        var random = new Random(11);
        var sets = Enumerable.Range(0, 3_000).Select(_ => RandomElements.Sound(random)).ToArray();
        foreach (var mode in Enum.GetValues<Sgp4Mode>())
        {
            var batch = new Sgp4Batch(sets, new Sgp4Options(Mode: mode), Sgp4Vectors.Eight);
            var states = batch.CreateStates(minutes.Length);
            batch.PropagateMinutes(minutes, states);
            for (int i = 0; i < sets.Length; i++)
            for (int j = 0; j < minutes.Length; j++)
            {
                var (expected, actual) = (batch.Satellites[i].Propagate(minutes[j]), states[i, j]);
                Assert.Equal(expected.Error, actual.Error);
                if (!expected.IsValid) continue;
                double km = expected.PositionKm.DistanceTo(actual.PositionKm), within = Sgp4Tolerance.Km(batch.Satellites[i], minutes[j], expected.PositionKm.Norm);
                Assert.True(km <= within, $"{mode}, {sets[i]} at {minutes[j]}: {km:G3} km, tolerated {within:G3}");
            }
        }
    }

    [Theory, InlineData(Sgp4Vectors.Scalar), InlineData(Sgp4Vectors.Four), InlineData(Sgp4Vectors.Eight)]
    public void Propagate_TimesInAnyOrder_GivesTheSameBits(Sgp4Vectors width)
    {
        var random = new Random(13);
        var sets = Enumerable.Range(0, 200).Select(_ => RandomElements.Sound(random)).ToArray();
        double[] forward = [.. Enumerable.Range(-70, 141).Select(i => i * 97.3)], shuffled = [.. forward];
        random.Shuffle(shuffled);
        var batch = new Sgp4Batch(sets, vectors: width);
        var (expected, actual, single) = (batch.CreateStates(forward.Length), batch.CreateStates(forward.Length), batch.CreateStates(1));
        batch.PropagateMinutes(forward, expected);
        foreach (double[] order in (double[][])[[.. forward.Reverse()], shuffled])
        {
            batch.PropagateMinutes(order, actual);
            for (int j = 0; j < order.Length; j++)
            for (int i = 0; i < sets.Length; i++)
                AssertSame(expected[i, Array.IndexOf(forward, order[j])], actual[i, j]);
        }
        for (int j = 0; j < forward.Length; j += 10)
        {
            batch.PropagateMinutes([forward[j]], single);
            for (int i = 0; i < sets.Length; i++) AssertSame(expected[i, j], single[i, 0]);
        }
    }

    [Fact]
    public void Propagate_OneSatelliteByManyThreads_GivesTheSameBits()
    {
        var random = new Random(29);
        var resonant = Enumerable.Range(0, 1_000).Select(_ => new Sgp4Propagator(RandomElements.Sound(random))).First(one => one.DeepSpace?.Resonance is { Kind: ResonanceKind.HalfDay });
        double[] minutes = [.. Enumerable.Range(0, 20_000).Select(_ => (random.NextDouble() - 0.5) * 100_000)];
        var expected = minutes.Select(t => new Sgp4Propagator(resonant.Elements).Propagate(t)).ToArray();
        var actual = new Sgp4State[minutes.Length];
        Parallel.For(0, minutes.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => actual[i] = resonant.Propagate(minutes[i]));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Propagate_OtherNeighboursOrWidth_GivesTheSameBits()
    {
        var random = new Random(17);
        var sets = Enumerable.Range(0, 400).Select(i => i % 10 == 0 ? RandomElements.Valid(random) : RandomElements.Sound(random)).ToArray();
        double[] minutes = [-9_000, 0, 25, 900, 30_000];
        var batch = new Sgp4Batch(sets, vectors: Sgp4Vectors.Eight);
        var states = batch.CreateStates(minutes.Length);
        batch.PropagateMinutes(minutes, states);

        int[] order = [.. Enumerable.Range(0, sets.Length)];
        random.Shuffle(order);
        var other = new Sgp4Batch(order.Select(i => sets[i]), vectors: Sgp4Vectors.Four);
        var otherStates = other.CreateStates(minutes.Length);
        other.PropagateMinutes(minutes, otherStates);
        for (int i = 0; i < order.Length; i++)
        for (int j = 0; j < minutes.Length; j++)
            AssertSame(states[order[i], j], otherStates[i, j]);
    }

    [Fact]
    public void Propagate_Instants_CountsMinutesFromEachEpoch()
    {
        var random = new Random(19);
        var sets = Enumerable.Range(0, 100).Select(_ => RandomElements.Sound(random)).ToArray();
        Epoch[] times = [Testing.At("2014-05-05T12:34:56.789Z"), Testing.At("2016-12-31T23:59:60Z"), Testing.At("2023-02-01T00:00:00Z")];
        var batch = new Sgp4Batch(sets, vectors: Sgp4Vectors.Eight);
        var (one, two) = (batch.CreateStates(times.Length), batch.CreateStates(times.Length));
        batch.Propagate(times, one);
        batch.Propagate(times.AsMemory(), two, threads: 2);
        for (int i = 0; i < sets.Length; i++)
        for (int j = 0; j < times.Length; j++)
        {
            var expected = batch.Satellites[i].Propagate(times[j]);
            AssertSame(one[i, j], two[i, j]);
            Assert.Equal(expected.Error, one[i, j].Error);
            if (!expected.IsValid) continue;
            double minutes = times[j].SecondsSince(sets[i].Epoch) / 60;
            Testing.Near(expected.PositionKm, one[i, j].PositionKm, Sgp4Tolerance.Km(batch.Satellites[i], minutes, expected.PositionKm.Norm));
        }
    }

    [Fact]
    public void Propagate_AnyWidth_AllocatesNothing()
    {
        var random = new Random(23);
        var sets = Enumerable.Range(0, 64).Select(_ => RandomElements.Sound(random)).ToArray();
        Epoch[] times = [.. Enumerable.Range(0, 200).Select(i => Testing.At("2020-01-01T00:00:00Z").PlusSeconds(3_000 * i))];
        foreach (var width in Widths)
        {
            var batch = new Sgp4Batch(sets, vectors: width);
            var states = batch.CreateStates(times.Length);
            batch.Propagate(times, states);
            long before = GC.GetAllocatedBytesForCurrentThread();
            batch.Propagate(times, states);
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Propagate_StatesOfAnotherBatchOrTooSmall_Throws()
    {
        var sets = new[] { RandomElements.Sound(new Random(1)) };
        var (batch, other) = (new Sgp4Batch(sets), new Sgp4Batch(sets));
        Assert.Throws<ArgumentException>(() => batch.PropagateMinutes([0], other.CreateStates(1)));
        Assert.Throws<ArgumentException>(() => batch.PropagateMinutes([0, 1], batch.CreateStates(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.CreateStates(1)[0, 1]);
    }

    private static void AssertSame(Sgp4State expected, Sgp4State actual)
    {
        if (!expected.Equals(actual)) Assert.Equal(expected, actual);
    }
}
