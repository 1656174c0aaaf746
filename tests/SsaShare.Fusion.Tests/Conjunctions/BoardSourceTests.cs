using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>Which sources meet, which never do, and what becomes of bad ones.</summary>
public sealed class BoardSourceTests
{
    private static readonly ElementSet Orbit = new(null, BoardScene.Start, 15.2, 0.001, 0.9, 1, 2, 3, 1e-5, 0, 0);

    [Fact]
    public void Update_TwoSourcesOfOneObject_NeverMeet()
    {
        var board = new ConjunctionBoard(BoardScene.Options);
        // Of equal numbers; and one without a number, the same by its international designator.
        var third = new OrbitSource(new ObjectDesignation(cosparId: "2020-001a"), OrbitSourceKind.OrbitState, BoardScene.Partners[2], [BoardScene.Record("c")], DataMode.Real, BoardScene.Start, BoardScene.Start,
            new EncounterObject(0, new ElementSetMotion(Orbit, null), null));
        var second = new OrbitSource(new ObjectDesignation(7, "2020-001A"), OrbitSourceKind.ElementSet, BoardScene.Partners[1], [BoardScene.Record("b")], DataMode.Real, BoardScene.Start, BoardScene.Start,
            new EncounterObject(0, new ElementSetMotion(Orbit, null), null));
        var update = board.Update([BoardScene.Source(7, BoardScene.Partners[0], Orbit, BoardScene.Start, "a"), second], BoardScene.Start);
        Assert.Equal(0, update.PairsExamined);
        board.Update([second, third], BoardScene.Start);
        Assert.Empty(board.Snapshot!.ForReader(BoardScene.All).Conjunctions);
        Assert.Equal(2, board.Snapshot.ForReader(BoardScene.All).Sources.Count);
    }

    [Fact]
    public void ForReader_OneOrbitUnderTwoNames_FlaggedAsAGroup()
    {
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update([BoardScene.Source(7, BoardScene.Partners[0], Orbit, BoardScene.Start, "a"), BoardScene.Source(8, BoardScene.Partners[1], Orbit, BoardScene.Start, "b"),
            BoardScene.Source(9, BoardScene.Partners[1], Orbit with { MeanAnomalyRad = 3 + 3.0 / 6_900 }, BoardScene.Start, "c")], BoardScene.Start);
        var told = board.Snapshot!.ForReader(BoardScene.All);
        var group = Assert.Single(told.Groups);
        Assert.True(group.HasSameOrbit);
        Assert.Equal(3, group.Sources.Count);
        var same = Assert.Single(told.Conjunctions, one => one.IsSameOrbit);
        Assert.Equal((7L, 8L, 1), (same.First.Designation.CatalogNumber, same.Second.Designation.CatalogNumber, same.Stays));
        Assert.Null(same.Probability.Recommended.Probability);
        Assert.False(Assert.Single(BoardWithout(8).Groups).HasSameOrbit);

        ReaderConjunctions BoardWithout(long number) => BoardScene.Fresh([.. board.Snapshot.Sources.Where(source => source.Designation.CatalogNumber != number)], BoardScene.Start);
    }

    /// <summary>Every mode has the same crowd: nothing crosses, and each mode says what it would say alone.</summary>
    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    public void Update_AllModesTogether_NoneMeetsAnother(int seed)
    {
        var random = new Random(seed);
        DataMode[] modes = [DataMode.Real, DataMode.Test, DataMode.Simulated, DataMode.Exercise];
        var all = Enumerable.Range(1, 80).Select(i => BoardScene.Source(i, BoardScene.Partners[i % 4], BoardScene.InShell(random), BoardScene.Start, $"{seed} {i}", modes[random.Next(4)])).ToList();
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update(all, BoardScene.Start);
        var told = board.Snapshot!.ForReader(BoardScene.All);
        Assert.NotEmpty(told.Conjunctions);
        Assert.All(told.Conjunctions, one => Assert.Equal(one.First.Mode, one.Second.Mode));
        foreach (var mode in modes)
        {
            var alone = BoardScene.Fresh([.. all.Where(source => source.Mode == mode)], BoardScene.Start);
            Assert.Equal(alone.Conjunctions.Select(Figures), told.Conjunctions.Where(one => one.First.Mode == mode).Select(Figures));
        }

        static (OrbitSourceId, OrbitSourceId, CloseApproach) Figures(BoardConjunction one) => (one.First.Id, one.Second.Id, one.Approach);
    }

    [Fact]
    public void Update_ModeUnspecifiedOrFarAhead_SetAside()
    {
        var board = new ConjunctionBoard(BoardScene.Options);
        var ahead = BoardScene.Source(2, BoardScene.Partners[0], Orbit, BoardScene.Start.Plus(TimeSpan.FromDays(3)), "ahead");
        var update = board.Update([BoardScene.Source(1, BoardScene.Partners[0], Orbit, BoardScene.Start, "none", DataMode.Unspecified), ahead], BoardScene.Start);
        Assert.Equal((0, 2), (update.Added, update.SetAside.Count));
        Assert.All(update.SetAside, issue => Assert.False(issue.IsLasting));
        Assert.Equal(2, board.Snapshot!.ForReader(BoardScene.All).Issues.Count);
        Assert.Empty(board.Snapshot.ForReader(_ => false).Issues);
        // Its time comes.
        Assert.Equal(1, board.Update([ahead], BoardScene.Start.Plus(TimeSpan.FromDays(1))).Added);
    }

    [Fact]
    public void Update_MotionThrows_SetAsideAndTheRestGoesOn()
    {
        var sources = BoardScene.Crowd(new Random(33), 40);
        var expected = BoardScene.Fresh(sources, BoardScene.Start);
        var bad = Made(901, "bad", new Failing(BoardScene.Start.PlusSeconds(2_000)));
        var worse = Made(902, "worse", new Failing(null));
        var board = new ConjunctionBoard(BoardScene.Options);
        var update = board.Update([.. sources, bad, worse], BoardScene.Start);
        Assert.Equal([bad.Id, worse.Id], update.SetAside.Select(issue => issue.Source.Id));
        Assert.All(update.SetAside, issue => Assert.Contains("no such orbit", issue.Detail));
        Assert.All(update.SetAside, issue => Assert.True(issue.IsLasting));
        var told = board.Snapshot!.ForReader(BoardScene.All);
        Assert.Equal(BoardScene.Words(expected), BoardScene.Words(told with { Issues = [.. told.Issues.Where(issue => issue.Kind is not null)] }));
        // Not tried again while it is the same.
        Assert.Equal(0, board.Update([.. sources, bad, worse], BoardScene.Start.PlusSeconds(1)).BlocksAgain);

        static OrbitSource Made(long number, string record, IUncertainMotion motion)
            => new(new ObjectDesignation(number), OrbitSourceKind.Ephemeris, BoardScene.Partners[0], [BoardScene.Record(record)], DataMode.Real, BoardScene.Start, BoardScene.Start, new EncounterObject(number, motion, null));
    }

    /// <summary>A quarter of a million pairs on nearly one orbit, laid around an object of another: that one stays, and all else is said as without the crowd.</summary>
    [Fact]
    public void Update_CrowdOfOneOriginator_SetAsideAndTheRestGoesOn()
    {
        var options = BoardScene.Options with { Ahead = TimeSpan.FromHours(1) };
        List<OrbitSource> sources = [.. BoardScene.Crowd(new Random(35), 40), BoardScene.Source(50, BoardScene.Partners[1], Orbit, BoardScene.Start, "within the crowd")];
        var crowd = Enumerable.Range(0, 700).Select(i => BoardScene.Source(1_000 + i, BoardScene.Partners[0], Orbit with { MeanAnomalyRad = 3 + 1e-9 * (i - 350.5) }, BoardScene.Start, $"cloud {i}")).ToList();
        var board = new ConjunctionBoard(options);
        var update = board.Update([.. sources, .. crowd], BoardScene.Start);
        Assert.Equal(crowd.Select(source => source.Id).ToHashSet(), update.SetAside.Select(issue => issue.Source.Id).ToHashSet());
        Assert.All(update.SetAside, issue => Assert.Contains("hardly distinct orbits", issue.Detail, StringComparison.Ordinal));
        var told = board.Snapshot!.ForReader(BoardScene.All);
        Assert.Equal(BoardScene.Words(BoardScene.Fresh(sources, BoardScene.Start, options)), BoardScene.Words(told with { Issues = [.. told.Issues.Where(issue => issue.Kind is not null)] }));
        // Not tried again while they are the same.
        Assert.Equal((0, 700), (board.Update([.. sources, .. crowd], BoardScene.Start.PlusSeconds(1)).BlocksAgain, update.SetAside.Count));
    }

    [Fact]
    public void Update_MotionOfTheNewestFails_TheOneBeforeItCounts()
    {
        var older = BoardScene.Source(5, BoardScene.Partners[0], Orbit, BoardScene.Start.PlusSeconds(-10), "older");
        var newest = new OrbitSource(new ObjectDesignation(5), older.Kind, older.Originator, [BoardScene.Record("newest")], DataMode.Real, BoardScene.Start, BoardScene.Start, new EncounterObject(5, new Failing(null), null));
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update([older, newest], BoardScene.Start);
        var told = board.Snapshot!.ForReader(BoardScene.All);
        Assert.Equal(newest.Line, older.Line);
        Assert.Equal([older], told.Sources);
        Assert.Equal(newest, Assert.Single(told.Issues, issue => issue.IsLasting).Source);
    }

    [Fact]
    public void Update_TooManyOfOneOriginator_ItsOldestAreSetAside()
    {
        var random = new Random(34);
        var sources = Enumerable.Range(1, 12).Select(i => BoardScene.Source(i, BoardScene.Partners[i % 2], BoardScene.InShell(random), BoardScene.Start.PlusSeconds(-i), $"many {i}")).ToList();
        var update = new ConjunctionBoard(BoardScene.Options with { SourcesPerOriginatorMax = 4 }).Update(sources, BoardScene.Start);
        Assert.Equal([9L, 10, 11, 12], update.SetAside.Select(issue => issue.Source.Designation.CatalogNumber!.Value).Order());
    }

    /// <summary>Fails from an instant on; at once where there is none.</summary>
    private sealed class Failing(Epoch? from) : IUncertainMotion, IScreenedMotion
    {
        private readonly Sgp4Propagator _satellite = new(Orbit);

        public Epoch First => from is null ? throw new InvalidDataException("no such orbit") : BoardScene.Start.PlusSeconds(-86_400);
        public Epoch Last => BoardScene.Start.PlusSeconds(86_400);
        public double AccelerationBeyondGravityKmPerS2 => 2e-4;
        public double VelocityStepKmPerS => 0;

        public void At(Epoch epoch, out Vector3d positionKm, out Vector3d velocityKmPerS)
        {
            if (epoch >= from) throw new InvalidDataException("no such orbit");
            var state = _satellite.Propagate(epoch);
            (positionKm, velocityKmPerS) = (state.PositionKm, state.VelocityKmPerS);
        }

        public bool Covers(Epoch epoch) => true;
        public CartesianState StateAt(Epoch epoch) => throw new InvalidDataException("no such orbit");
        public UncertaintyAt? UncertaintyAt(Epoch epoch) => null;
        public ScreenedObject ToScreened(long id, ScreeningVolume? volume = null) => new ScreenedEphemeris(id, this, volume);
    }
}
