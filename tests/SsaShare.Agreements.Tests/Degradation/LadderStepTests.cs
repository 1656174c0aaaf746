using System.Globalization;

namespace SsaShare.Agreements.Tests;

public sealed class LadderStepTests
{
    [Theory]
    [InlineData("0.001")]
    [InlineData("0.02")]
    [InlineData("0.5")]
    [InlineData("1")]
    [InlineData("200")]
    public void TryOf_ADecimalOfTheLadder_IsThatStep(string text)
    {
        Assert.True(LadderStep.TryOf(double.Parse(text, CultureInfo.InvariantCulture), out var step));
        Assert.Equal(text, step.ToString());
    }

    [Theory]
    [InlineData(0.3, "0.2", "0.5")]
    [InlineData(0.75, "0.5", "1")]
    [InlineData(15, "10", "20")]
    public void TryOf_AnyOtherNumber_IsNoneAndHasNeighbours(double value, string below, string above)
    {
        Assert.False(LadderStep.TryOf(value, out _));
        var (lower, upper) = LadderStep.Nearest(value);
        Assert.Equal((below, above), (lower?.ToString(), upper?.ToString()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e-13)]
    public void TryOf_WhatNoLadderHas_IsNone(double value) => Assert.False(LadderStep.TryOf(value, out _));

    [Fact]
    public void Ladder_FromLowestToHighest_AscendsByTwoOrTwoAndAHalf()
    {
        for (var step = LadderStep.Lowest; step < LadderStep.Highest; step = step.Next)
            Assert.InRange(step.Next.Value / step.Value, 1.999, 2.501);
    }

    [Fact]
    public void Step_OfAFigureOffTheLadderOrOutOfRange_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => new DegradationFigures { RangeSigmaKm = 0.3 }.Step(DegradedFigure.RangeSigmaKm));
        Assert.Throws<InvalidOperationException>(() => new DegradationFigures { RangeSigmaKm = 200 }.Step(DegradedFigure.RangeSigmaKm));
        Assert.Throws<InvalidOperationException>(() => new DegradationFigures { AngleSigmaDeg = -1 }.Step(DegradedFigure.AngleSigmaDeg));
        Assert.Null(new DegradationFigures().Step(DegradedFigure.RangeSigmaKm));
    }

    [Fact]
    public void Exceeding_AgainstAMinimum_NamesEachFigureThatHidesMore()
    {
        var minimum = new DegradationFigures { RangeSigmaKm = 0.5, PositionSigmaKm = 1 };
        Assert.Empty(new DegradationFigures { RangeSigmaKm = 0.5, PositionSigmaKm = 0.2 }.Exceeding(minimum));
        Assert.Equal([DegradedFigure.RangeSigmaKm, DegradedFigure.EpochStepS], new DegradationFigures { RangeSigmaKm = 1, EpochStepS = 0.001 }.Exceeding(minimum));
    }
}
