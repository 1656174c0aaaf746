using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Sightings field by field, and from one visual format to another.</summary>
public sealed class VisualFormatTests
{
    private static readonly FileFormat<ObservationRecord> Iod = SpaceObservationFormats.Iod, Uk = SpaceObservationFormats.Uk, Rde = SpaceObservationFormats.Rde;

    [Theory]
    [InlineData('1', "1234567+123456", 188.73625, 12.582222222222223, 3 / 3600.0)]
    [InlineData('2', "1234567-123456", 188.64175, -12.576, 3 / 60.0)]
    [InlineData('3', "1234567-123456", 188.64175, -12.3456, 3)]
    [InlineData('4', "1234556+123456", 123.76555555555556, 12.582222222222223, 3 / 3600.0)]
    [InlineData('5', "1234567+123456", 123.76116666666667, 12.576, 3 / 60.0)]
    [InlineData('6', "1234567-003456", 123.4567, -0.3456, 3)]
    [InlineData('7', "1234567-003456", 188.73625, -0.3456, 3)]
    public void Iod_AnglesOfEachForm_AreDegrees(char form, string angles, double angle1, double angle2, double sigma)
    {
        var record = Read(Iod, $"23794 96 010A   2701 G 20040506012614270 17 {form}5 {angles} 38 I+020 10 123456");
        Assert.Equal(angle1, record.Angles!.Angle1Deg, 1e-12);
        Assert.Equal(angle2, record.Angles.Angle2Deg, 1e-12);
        Assert.Equal(sigma, record.Angles.SigmaDeg);
        Assert.Equal(form is '4' or '5' or '6' ? AngleKind.AzimuthElevation : AngleKind.RightAscensionDeclination, record.Angles.Kind);
        Assert.Equal(new Appearance("I") { Magnitude = 2, MagnitudeSigma = 1, PeriodS = 123.456 }, record.Appearance);
        Assert.Equal((new ObservedObject("23794", "1996-010A"), new ObservingStation("2701", null, "G")), (record.Target, record.Station));
        Assert.Equal(("2004-05-06T01:26:14.270Z", 0.001, 0.1), (record.Time!.Value.Epoch.ToString(), record.Time.Value.PrecisionS, record.Time.Value.SigmaS));
        ObservationFiles.AssertSurvives(Iod, [record]);
    }

    [Theory]
    [InlineData("20081122", 86_400, "2008-11-22T00:00:00Z")]
    [InlineData("200811221", 36_000, "2008-11-22T10:00:00Z")]
    [InlineData("2008112211", 3_600, "2008-11-22T11:00:00Z")]
    [InlineData("200811221122", 60, "2008-11-22T11:22:00Z")]
    [InlineData("2008112211223", 10, "2008-11-22T11:22:30Z")]
    [InlineData("2008112211223344", 0.01, "2008-11-22T11:22:33.440Z")]
    public void Iod_TimeWithFewerDigits_SaysHowManyAndIsWrittenSo(string time, double precision, string epoch)
    {
        string line = $"12345 98 123A   2007 E {time,-17} 56 14 1122   +1122   39 S";
        var record = Read(Iod, line);
        Assert.Equal((precision, epoch), (record.Time!.Value.PrecisionS, record.Time.Value.Epoch.ToString()));
        Assert.Equal(line + "\n", Encoding.ASCII.GetString(ObservationFiles.Write(Iod, [record]).Bytes));
    }

    [Theory]
    [InlineData('1', "17203812+1558512", 260.15883333333335, 15.980888888888889, null, 12.3 / 3600)]
    [InlineData('2', "17203812-1558512", 260.09529999999995, -15.975199999999999, null, 1.23 / 60)]
    [InlineData('3', "17203812+1558512", 260.0953, 15.58512, null, 0.123)]
    [InlineData('4', "17203412 1558512", 172.06144444444445, 15.980888888888889, true, 12.3 / 3600)]
    [InlineData('8', "17203412-1558512", 172.05686666666668, -15.975199999999999, false, 1.23 / 60)]
    [InlineData('9', "17203412+1558512", 172.03412, 15.58512, false, 0.123)]
    public void Uk_AnglesOfEachCode_AreDegrees(char code, string angles, double angle1, double angle2, bool? corrected, double sigma)
    {
        var record = Read(Uk, $"9701201201803101520195542  01   2{code}{angles}01235             121INV  190R");
        Assert.Equal(angle1, record.Angles!.Angle1Deg, 1e-12);
        Assert.Equal(angle2, record.Angles.Angle2Deg, 1e-12);
        Assert.Equal((corrected, sigma, Equinox.J2000), (record.Angles.IsRefractionCorrected, record.Angles.SigmaDeg!.Value, record.Angles.Equinox));
        Assert.Equal(new Appearance("R") { Magnitude = 1.21, IsInvisibleAtFaintest = true, PeriodS = 1.9 }, record.Appearance);
        Assert.Equal(("1997-012A", "2018", 0.1, "2"), (record.Target.CosparId, record.Station.Id, record.Time!.Value.SigmaS, record.Time.Value.Standard));
        ObservationFiles.AssertSurvives(Uk, [record]);
    }

    [Fact]
    public void Uk_RangesOfRadars_AreKeptAsWrittenWithANotice()
    {
        var items = ObservationFiles.Read(Uk, "0401401267504050320170296  010  12102706  +36412   50 50001234500012-21121  190S");
        Assert.Equal("range", items.Notices().Single().Field);
        Assert.Equal(("00012345", "00012"), (items.Values().Single().Extra.Find("uk_range"), items.Values().Single().Extra.Find("uk_range_accuracy")));
        ObservationFiles.AssertSurvives(Uk, items.Values());
    }

    [Theory]
    [InlineData("0401424", "2004-014Z")]
    [InlineData("0401425", "2004-014AA")]
    [InlineData("5700101", "1957-001A")]
    public void Designations_InDigits_AreThoseInLetters(string digits, string id)
    {
        var record = Read(Uk, digits + "267504050320170296  010  12102706  +36412   50 5");
        Assert.Equal(id, record.Target.CosparId);
        ObservationFiles.AssertSurvives(Uk, [record]);
    }

    [Fact]
    public void Sightings_FromOneVisualFormatToAnotherAndBack_AreTheSame()
    {
        var records = ObservationFiles.Read(Rde, ObservationFiles.Bytes("visual-formats/RDE_data_compliant.txt")).Values();
        var uk = ObservationFiles.Read(Uk, ObservationFiles.Write(Uk, records).Bytes).Values();
        Assert.Equal(records, uk);
        var iod = ObservationFiles.Read(Iod, ObservationFiles.Write(Iod, uk.Where(record => record.Angles!.Equinox == Equinox.B1950)).Bytes);
        Assert.Empty(iod.Refusals());
        // An accuracy of 120 seconds of arc is beyond the format's codes, of which the largest is 90.
        Assert.Equal(uk.Select(record => (record.Time!.Value.Epoch, record.Target.CosparId, (AnglePair?)(record.Angles! with { SigmaDeg = null }))), iod.Values().Select(record => (record.Time!.Value.Epoch, record.Target.CosparId, record.Angles)));
    }

    [Fact]
    public void Rde_ReportsOfSeveralDaysAndSites_AreSeveral()
    {
        const string Text = "2420 1909 0.211 1204\n28\n0502402 184758.93 193923+452358 3.1 3.1 0 S\n29\n0502402 184758.9  193923+452358\n999\n2421 1910 0.221 0305\n01\n0502402 184758    193923-452358 -3.1 INV 12.25 R\n999\n";
        var items = ObservationFiles.Read(Rde, Text);
        Assert.Empty(items.Refusals());
        Assert.Equal(["2019-09-28T18:47:58.930Z", "2019-09-29T18:47:58.900Z", "2019-10-01T18:47:58Z"], items.Values().Select(record => record.Time!.Value.Epoch.ToString()));
        Assert.Equal(Text, Encoding.ASCII.GetString(ObservationFiles.Write(Rde, items.Values()).Bytes));
    }

    [Theory]
    [InlineData("2420 1909 0.211 1204\n31\n", 2, "day")]
    [InlineData("2420 1909 0.211 1204\n0502402 184758.93 193923+452358 3.1 3.1 0 S\n999\n", 2, "line")]
    [InlineData("2420 1909 0.211 1204\n28\n0502402 184760.93 193923+452358 3.1 3.1 0 S\n999\n", 3, "epoch")]
    [InlineData("2420 1909 0.211 1204\n28\n0502402 184758.93 193923+456058 3.1 3.1 0 S\n999\n", 3, "declination")]
    [InlineData("2420 1909 0.211 1204\n28\n0502402 184758.93 193923+452358 3.1 3.1 0 Z\n999\n", 3, "behaviour")]
    [InlineData("2420 1909 0.211 1204\n28\n0502402 184758.93 193923+452358 3.1 3.1 0 S\n", 3, "report")]
    [InlineData("2420 1913 0.211 1204\n", 1, "month")]
    [InlineData("2420 1909 0.241 1204\n999\n", 1, "time standard")]
    [InlineData("hello\n", 1, "file")]
    public void Rde_WhatIsWrong_IsRefusedOnItsLine(string text, long line, string field)
    {
        var issue = ObservationFiles.Read(Rde, text).Refusals()[0];
        Assert.Equal((line, field), (issue.Line, issue.Field));
    }

    [Fact]
    public void Rde_ALineThatIsRefused_CanBeReadAgainWithItsHeaderAndDay()
    {
        var part = ObservationFiles.Read(Rde, "2420 1909 0.211 1204\n28\n0502402 184758.93 193923+456058 3.1 3.1 0 S\n999\n", keepsRefused: true).Single(item => item.Refused is not null).Refused!;
        byte[] mended = [.. part.Before.Span, .. Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(part.Text.Span).Replace("456058", "455958", StringComparison.Ordinal)), .. part.After.Span];
        Assert.Equal("2019-09-28T18:47:58.930Z", ObservationFiles.Read(Rde, mended).Values().Single().Time!.Value.Epoch.ToString());
    }

    [Theory]
    [InlineData("iod", AngleKind.RightAscensionDeclination)]
    [InlineData("iod", AngleKind.AzimuthElevation)]
    [InlineData("uk", AngleKind.RightAscensionDeclination)]
    [InlineData("rde", AngleKind.RightAscensionDeclination)]
    [InlineData("b3", AngleKind.RightAscensionDeclination)]
    [InlineData("b3", AngleKind.AzimuthElevation)]
    public void FirstAngle_ThatRoundsToAWholeTurn_IsWrittenAsZero(string name, AngleKind kind)
    {
        var format = SpaceObservationFormats.All.Single(format => format.Name == name);
        var record = Read(Iod, "23794 96 010A   2701 G 20040506012614270 17 15 1234567+123456 38 I+020 10 123456");
        record = record with { Angles = new AnglePair(kind, 359.9999999, 12) { Equinox = kind == AngleKind.AzimuthElevation ? Equinox.NotGiven : Equinox.J2000 } };
        if (name == "b3") record = record with { Station = new("932") };
        var (line, issues) = ObservationFiles.Write(format, [record]);
        Assert.Contains(issues, issue => issue.Severity == IssueSeverity.Notice && issue.Reason.Contains("rounded", StringComparison.Ordinal));
        var items = ObservationFiles.Read(format, line);
        Assert.Empty(items.Refusals());
        Assert.Equal(0, items.Values().Single().Angles!.Angle1Deg);
    }

    private static ObservationRecord Read(FileFormat<ObservationRecord> format, string line)
    {
        var items = ObservationFiles.Read(format, line);
        Assert.Equal("", string.Join('\n', items.Refusals()));
        return items.Values().Single();
    }
}
