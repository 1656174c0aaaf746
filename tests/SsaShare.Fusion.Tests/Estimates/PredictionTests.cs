using SsaShare.Domain;
using SsaShare.Orbits;

namespace SsaShare.Fusion.Tests;

/// <summary>Fit on 15 and 16 December 1996, predict the 17th.</summary>
public class PredictionTests(Catalog catalog)
{
    private static readonly Epoch Split = Seeds.At("1996-12-17T00:00:00");

    [Fact]
    public void Predict_ThirdDayFromThreePartners_WithinTwoHundredMetres()
    {
        var check = Check(ReaderView.Everything, "all");
        Assert.Equal(Split, check.Split);
        Assert.All(check.Statistics.Where(s => s.Kind == MeasurementKind.Range), s => Assert.InRange(s.MedianAbsolute, 0.001, 0.2));
        Assert.All(check.Statistics.Where(s => s.Kind != MeasurementKind.Range), s => Assert.InRange(s.MedianAbsolute * 180 / Math.PI, 1e-4, 0.05));
        Assert.InRange(check.PositionSigmaAtEndKm, 0.05, 1);
    }

    [Fact]
    public void Predict_FromOnePartner_IsWorseThanFromAll()
    {
        double all = RangeMedianKm(Check(ReaderView.Everything, "all"));
        foreach (var partner in new[] { Seeds.Atlantic, Seeds.Caribbean, Seeds.Pacific })
            Assert.True(RangeMedianKm(Check(ReaderView.Everything.Only(partner), partner.Value)) > all, $"{partner} alone predicts better.");
    }

    [Fact]
    public void Predict_NothingBeforeOrAfter_SaysNo()
    {
        Assert.Null(catalog.Engine.Predict(catalog.Sphere, ReaderView.Everything, Seeds.At("1996-12-14T00:00:00")));
        Assert.Null(catalog.Engine.Predict(catalog.Sphere, ReaderView.Everything, Seeds.At("1996-12-20T00:00:00")));
        Assert.Null(catalog.Engine.Predict(catalog.Sphere, new ReaderView(_ => false), Split));
    }

    /// <summary>Weighted by the number of measurements.</summary>
    private static double RangeMedianKm(PredictionCheck check)
    {
        var ranges = check.Statistics.Where(s => s.Kind == MeasurementKind.Range).ToList();
        return ranges.Sum(s => s.MedianAbsolute * s.Count) / ranges.Sum(s => s.Count);
    }

    private PredictionCheck Check(ReaderView fitted, string who)
    {
        var check = catalog.Engine.Predict(catalog.Sphere, fitted, Split, ReaderView.Everything);
        Assert.NotNull(check);
        var output = TestContext.Current.TestOutputHelper;
        output?.WriteLine($"MEASURED prediction of LCS 4 on 17 December from {who}: {check.FittedObservations} fitted, {check.PredictedObservations} predicted, stated sigma {check.PositionSigmaAtEndKm * 1e3:F0} m");
        foreach (var s in check.Statistics)
        {
            double unit = s.Kind == MeasurementKind.Range ? 1e3 : 180 / Math.PI;
            output?.WriteLine($"MEASURED   {s.Sensor} {s.Kind}: rms {s.RootMeanSquare * unit:G3}, median {s.MedianAbsolute * unit:G3}, 90 % within {s.NinetiethPercentile * unit:G3} {(s.Kind == MeasurementKind.Range ? "m" : "deg")}");
        }
        return check;
    }
}
