using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>An event keeps its name while its sources follow each other, and says how it was seen.</summary>
public sealed class BoardHistoryTests
{
    private static readonly Epoch Meeting = BoardScene.Start.PlusSeconds(5_000);

    /// <summary>Two orbits that cross where both are at <see cref="Meeting"/>.</summary>
    private static readonly ElementSet
        First = new(null, Meeting, 15, 0.0001, 0.9, 1, 0, 0, 0, 0, 0),
        Second = new(null, Meeting, 15, 0.0001, 1.1, 1, 0, 0, 0, 0, 0);

    [Fact]
    public void ForReader_SourcesReplaced_EventKeepsItsNameAndGathersEntries()
    {
        var board = new ConjunctionBoard(BoardScene.Options with { Volume = ScreeningVolume.Sphere(10), HistoryMax = 3 });
        ConjunctionEventId? id = null;
        for (int i = 0; i < 5; i++)
        {
            var now = BoardScene.Start.PlusSeconds(600 * i);
            board.Update([Of(1, First, now, i), Of(2, Second with { MeanAnomalyRad = 1e-4 * (5 - i) }, now, i)], now);
            var told = Assert.Single(board.Snapshot!.ForReader(BoardScene.All).Conjunctions, one => Math.Abs(one.Approach.Tca.SecondsSince(Meeting)) < 60);
            id ??= told.Id;
            Assert.Equal(id, told.Id);
            Assert.Equal(Math.Min(i + 1, 3), told.History.Count);
            Assert.Equal(now, told.History[^1].When);
            Assert.Equal((told.First.Id, told.Second.Id, told.Approach.MissKm, told.Probability.Recommended.Probability), (told.History[^1].First, told.History[^1].Second, told.History[^1].MissKm, told.History[^1].Probability));
            Assert.Equal(told.History.Count, told.History.Select(entry => entry.MissKm).Distinct().Count());
        }
    }

    [Fact]
    public void ForReader_FormerOneTooFarOff_NameStaysButNoEntry()
    {
        var board = new ConjunctionBoard(BoardScene.Options with { HistoryWithinKm = 1e-6 });
        var ids = new HashSet<ConjunctionEventId>();
        for (int i = 0; i < 3; i++)
        {
            var now = BoardScene.Start.PlusSeconds(600 * i);
            board.Update([Of(1, First, now, i), Of(2, Second with { MeanAnomalyRad = 1e-3 * (i + 1) }, now, i)], now);
            var told = Assert.Single(board.Snapshot!.ForReader(BoardScene.All).Conjunctions, one => Math.Abs(one.Approach.Tca.SecondsSince(Meeting)) < 60);
            ids.Add(told.Id);
            Assert.Equal(now, Assert.Single(told.History).When);
        }
        Assert.Single(ids);
        board.Update([], BoardScene.Start.PlusSeconds(1_800));
        Assert.Empty(board.Snapshot!.ForReader(BoardScene.All).Conjunctions);
    }

    [Fact]
    public void ForReader_NewestNoLongerMeet_LastOneIsToldAsPast()
    {
        var board = new ConjunctionBoard(BoardScene.Options with { Volume = ScreeningVolume.Sphere(10) });
        var second = Of(2, Second, BoardScene.Start, 0);
        board.Update([Of(1, First, BoardScene.Start, 0), second], BoardScene.Start);
        var before = Assert.Single(board.Snapshot!.ForReader(BoardScene.All).Conjunctions, one => one.Approach.Tca.SecondsSince(Meeting) < 60 && one.Approach.Tca.SecondsSince(Meeting) > -60);
        var now = BoardScene.Start.PlusSeconds(60);
        board.Update([Of(1, First with { MeanAnomalyRad = 0.1 }, now, 1), second], now);
        var after = Assert.Single(board.Snapshot!.ForReader(BoardScene.All).Conjunctions, one => one.Id == before.Id);
        Assert.Equal((false, before.Approach, before.Probability.Recommended.Probability), (after.IsCurrent, after.Approach, after.Probability.Recommended.Probability));
        board.Update([second], Meeting.PlusSeconds(120));
        Assert.DoesNotContain(board.Snapshot!.ForReader(BoardScene.All).Conjunctions, one => one.Id == before.Id);
    }

    [Fact]
    public void ForReader_Probability_IsThatOfTheTwoSources()
    {
        var (first, second) = (Of(1, First, BoardScene.Start, 0), Of(2, Second with { MeanAnomalyRad = 1e-4 }, BoardScene.Start, 0));
        var board = new ConjunctionBoard(BoardScene.Options);
        board.Update([second, first], BoardScene.Start);
        var told = Assert.Single(board.Snapshot!.ForReader(BoardScene.All).Conjunctions, one => Math.Abs(one.Approach.Tca.SecondsSince(Meeting)) < 60);
        Assert.Equal((first, second), (told.First, told.Second));
        CartesianState a = first.Encounter.Motion.StateAt(told.Approach.Tca), b = second.Encounter.Motion.StateAt(told.Approach.Tca);
        Assert.Equal(a.SeparationKm(b).Norm, told.Approach.MissKm, 1e-6);
        var expected = ProbabilityAssessor.Assess(a, first.Encounter.Motion.UncertaintyAt(a.Epoch)!.Covariance, b, second.Encounter.Motion.UncertaintyAt(a.Epoch)!.Covariance, 0.006, board.Options.Probability);
        Assert.Equal(expected.Recommended, told.Probability.Recommended);
        Assert.InRange(told.Probability.Recommended.Probability!.Value, 1e-12, 1);
        Assert.Equal((0.006, false, CovarianceOrigin.Default), (told.Probability.HardBodyRadiusKm, told.Probability.IsRadiusAssumed, told.Probability.First!.Value.Origin));
        // Fresh elements at low orbit: 0.2, 1 and 0.2 km.
        Assert.Equal(1, told.Probability.Second!.Value.Rtn.TransverseKm, 1e-9);
        Assert.True(told.Approach.InsideFrom < told.Approach.Tca && told.Approach.Tca < told.Approach.InsideTo);
    }

    [Fact]
    public void ForReader_NothingKnownOfTheErrors_NoFigureAndWhy()
    {
        var second = new OrbitSource(new ObjectDesignation(2), OrbitSourceKind.ElementSet, null, [BoardScene.Record("silent")], DataMode.Real, BoardScene.Start, BoardScene.Start, new EncounterObject(2, new ElementSetMotion(Second, null), null));
        var told = BoardScene.Fresh([Of(1, First, BoardScene.Start, 0), second], BoardScene.Start).Conjunctions;
        Assert.NotEmpty(told);
        Assert.All(told, one => Assert.Null(one.Probability.Recommended.Probability));
        Assert.All(told, one => Assert.Contains("nobody knows", one.Probability.Recommended.Reason));
        Assert.All(told, one => Assert.Equal((true, 0.008), (one.Probability.IsRadiusAssumed, one.Probability.HardBodyRadiusKm)));
    }

    private static OrbitSource Of(long number, ElementSet elements, Epoch asOf, int version) => BoardScene.Source(number, BoardScene.Partners[(int)number], elements, asOf, $"history {number} {version}");
}
