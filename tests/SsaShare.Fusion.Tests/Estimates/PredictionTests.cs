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
        string what = $"LCS 4, 17 December 1996 predicted from {who}, {check.FittedObservations} observations";
        Figure.Say(what + ", stated sigma at the end", "the fit", "", check.PositionSigmaAtEndKm * 1e3, "m");
        foreach (var s in check.Statistics)
        {
            var (unit, name) = s.Kind == MeasurementKind.Range ? (1e3, "m") : (180 / Math.PI, "deg");
            Figure.Say($"{what}, {s.Kind}", s.Sensor.ToString(), "median", s.MedianAbsolute * unit, name);
            Figure.Say($"{what}, {s.Kind}", s.Sensor.ToString(), "90 %", s.NinetiethPercentile * unit, name);
            Figure.Say($"{what}, {s.Kind}", s.Sensor.ToString(), "rms", s.RootMeanSquare * unit, name);
        }
        return check;
    }
}
