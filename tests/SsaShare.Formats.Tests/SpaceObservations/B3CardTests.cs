using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Observation cards field by field.</summary>
public sealed class B3CardTests
{
    private static readonly FileFormat<ObservationRecord> B3 = SpaceObservationFormats.B3;

    [Theory]
    [InlineData('0', "", "", "", "-123456", null, null, null, -1.23456)]
    [InlineData('1', "605365", "1252215", "", "", 125.2215, 60.5365, null, null)]
    [InlineData('2', "-05365", "3600000", "43431001", "", 360.0, -0.5365, 434.31, null)]
    [InlineData('3', "J73504", "0000000", "10000009", "0017910", 0.0, -17.3504, 1e10, 0.1791)]
    [InlineData('4', "R00000", "1725312", "56513222", "R624924", 172.5312, -90.0, 5651.322, -96.24924)]
    [InlineData('5', "}00001", "1230305", "", "", 187.62708333333333, -0.0001, null, null)]
    [InlineData('6', "", "", "00000010", "", null, null, 0.00001, null)]
    public void Card_OfEachType_SaysWhatItsColumnsSay(char type, string second, string first, string range, string rate, double? angle1, double? angle2, double? rangeKm, double? rateKmPerS)
    {
        var record = Read(Card(type, (24, second), (31, first), (39, range), (48, rate)));
        Assert.Equal((angle1, angle2), (record.Angles?.Angle1Deg, record.Angles?.Angle2Deg));
        Assert.Equal((rangeKm, rateKmPerS), (record.RangeKm, record.RangeRateKmPerS));
        Assert.Equal(("23558", "932", type.ToString()), (record.Target.Number, record.Station.Id, record.Card!.Type));
        Assert.Equal("1996-12-14T01:04:30.125Z", record.Time!.Value.Epoch.ToString());
        ObservationFiles.AssertSurvives(B3, [record]);
    }

    [Theory]
    [InlineData('8', AngleKind.AzimuthElevation, "1252215", 125.2215)]
    [InlineData('9', AngleKind.RightAscensionDeclination, "0000010", 1 / 240.0)]
    public void Card_OfASensorThatMoves_HasItsPlace(char type, AngleKind kind, string first, double angle1)
    {
        var record = Read(Card(type, (24, "605365"), (31, first), (47, "006378137"), (56, "-00000001"), (65, "J00000000"), (76, type == '9' ? "2" : "")));
        Assert.Equal(new Vector3d(6378.137, -0.001, -100_000), record.Station.PositionKm);
        Assert.Equal((kind, angle1, type == '9' ? Equinox.J2000 : Equinox.NotGiven), (record.Angles!.Kind, record.Angles.Angle1Deg, record.Angles.Equinox));
        Assert.Null(record.RangeKm);
        ObservationFiles.AssertSurvives(B3, [record]);
    }

    [Theory]
    [InlineData(" ", Equinox.NotGiven), InlineData("0", Equinox.OfDate), InlineData("1", Equinox.OfYear), InlineData("2", Equinox.J2000), InlineData("3", Equinox.B1950)]
    public void Equinox_OfARightAscension_IsColumn76(string code, Equinox equinox)
    {
        var record = Read(Card('5', (24, "605365"), (31, "1230305"), (76, code)));
        Assert.Equal(equinox, record.Angles!.Equinox);
        ObservationFiles.AssertSurvives(B3, [record]);
    }

    [Fact]
    public void Marks_AndLetters_AreKept()
    {
        var record = Read(Card('1', (1, "C"), (2, "A1234"), (7, "A9Z"), (24, "605365"), (31, "1252215"), (77, "5"), (78, "1 2"), (81, "23703"), (86, "05398")));
        Assert.Equal(("A1234", "A9Z"), (record.Target.Number, record.Station.Id));
        Assert.Equal(new CardMarks("C", "1", null, "5", "1 2", "23703", "05398"), record.Card);
        ObservationFiles.AssertSurvives(B3, [record]);
    }

    [Theory]
    [InlineData("72", 1972), InlineData("99", 1999), InlineData("00", 2000), InlineData("27", 2027), InlineData("56", 2056)]
    public void Year_OfTwoDigits_IsTheOneNearest(string digits, int year)
        => Assert.StartsWith(year.ToString(System.Globalization.CultureInfo.InvariantCulture), Read(Card('1', (10, digits), (24, "605365"), (31, "1252215"))).Time!.Value.Epoch.ToString(), StringComparison.Ordinal);

    [Fact]
    public void LeapSecond_OfTheDay_IsRead()
        => Assert.Equal("2016-12-31T23:59:60.500Z", Read(Card('1', (10, "16366235960500"), (24, "605365"), (31, "1252215"))).Time!.Value.Epoch.ToString());

    [Theory]
    [InlineData('7', 75, "type", 24, "605365")]
    [InlineData('1', 2, "object", 2, "I1234")]
    [InlineData('1', 7, "sensor", 7, "9 2")]
    [InlineData('1', 10, "epoch", 12, "367")]
    [InlineData('1', 10, "epoch", 10, "71")]
    [InlineData('1', 10, "epoch", 15, "24")]
    [InlineData('1', 10, "epoch", 19, "60")]
    [InlineData('1', 24, "elevation", 24, "6O5365")]
    [InlineData('1', 24, "elevation", 24, "900001")]
    [InlineData('1', 31, "azimuth", 31, "3600001")]
    [InlineData('1', 31, "azimuth", 31, "       ")]
    [InlineData('5', 31, "right ascension", 31, "2460000")]
    [InlineData('5', 76, "equinox", 76, "4")]
    [InlineData('1', 76, "equinox", 76, "2")]
    [InlineData('2', 39, "range", 40, " ")]
    [InlineData('2', 39, "range", 39, "J")]
    [InlineData('2', 46, "range exponent", 46, " ")]
    [InlineData('3', 48, "range rate", 24, "605365")]
    [InlineData('8', 47, "position", 24, "605365")]
    [InlineData('1', 30, "column", 30, "x")]
    [InlineData('1', 38, "column", 38, "1")]
    [InlineData('1', 77, "track position", 77, "x")]
    [InlineData('1', 1, "classification", 1, "1")]
    public void Card_ThatIsWrong_IsRefusedAtItsColumnAndTheNextTaken(char type, int column, string field, int at, string text)
    {
        string good = Card('1', (24, "605365"), (31, "1252215"));
        string bad = Card(type, (24, "605365"), (31, "1230300"), (39, type is '2' or '3' ? "43431001" : ""), (at, text));
        var items = ObservationFiles.Read(B3, $"{bad}\r\n{good}\r\n\u001A", keepsRefused: true);
        var issue = items.Refusals()[0];
        Assert.Equal((1, column, field), (issue.Line, issue.Column, issue.Field));
        Assert.Equal(bad.TrimEnd() + "\n", Encoding.ASCII.GetString(items.Single(item => item.Refused is not null).Refused!.Text.Span));
        Assert.Single(items.Values());
    }

    [Fact]
    public void Range_ThatBeginsWithZero_IsReadByItsColumnsWithANoticeAndWrittenSo()
    {
        var items = ObservationFiles.Read(B3, Card('2', (24, "605365"), (31, "1252215"), (39, "09715911")));
        Assert.Equal((97.1591, "range"), (items.Values().Single().RangeKm, items.Notices().Single().Field));
        Assert.Contains("09715911", Encoding.ASCII.GetString(ObservationFiles.Write(B3, items.Values()).Bytes), StringComparison.Ordinal);
    }

    [Fact]
    public void TransmissionForm_IsToldFromTheArchivesForm()
        => Assert.Contains("transmission", ObservationFiles.Read(B3, "))1234 9323500 test").Refusals().Single().Remedy, StringComparison.Ordinal);

    [Fact]
    public void Write_WhatACardCannotHold_IsRefused()
    {
        var record = Read(Card('1', (24, "605365"), (31, "1252215")));
        Assert.Equal("object", Refusal(record with { Target = new ObservedObject("340000") }));
        Assert.Equal("sensor", Refusal(record with { Station = new ObservingStation("2701") }));
        Assert.Equal("epoch", Refusal(record with { Time = null }));
        Assert.Equal("epoch", Refusal(record with { Time = new ObservationTime(Epoch.J2000.Plus(TimeSpan.FromDays(365.25 * 62)), 1) }));
        Assert.Equal("range rate", Refusal(record with { RangeRateKmPerS = 100 }));
        Assert.Equal("range", Refusal(record with { RangeKm = double.NaN }));
        Assert.Equal("equinox", Refusal(record with { Angles = new AnglePair(AngleKind.RightAscensionDeclination, 10, 10) { Equinox = Equinox.B1855 } }));
        var (_, issues) = ObservationFiles.Write(B3, [record with { Angles = record.Angles! with { Angle1Deg = 1.23456 } }]);
        Assert.Equal((IssueSeverity.Notice, "azimuth"), (issues.Single().Severity, issues.Single().Field));

        static string Refusal(ObservationRecord record)
        {
            var (bytes, issues) = ObservationFiles.Write(B3, [record]);
            Assert.Empty(bytes);
            return issues.Single(issue => issue.Severity == IssueSeverity.Refused).Field;
        }
    }

    private static ObservationRecord Read(string card)
    {
        var items = ObservationFiles.Read(B3, card);
        Assert.Empty(items.Refusals());
        return items.Values().Single();
    }

    /// <summary>A card of object 23558 and sensor 932, with texts at columns.</summary>
    private static string Card(char type, params ReadOnlySpan<(int At, string Text)> fields)
    {
        var card = new StringBuilder("U2355893296349010430125".PadRight(74) + type.ToString().PadRight(16));
        foreach (var (at, text) in fields) card.Remove(at - 1, text.Length).Insert(at - 1, text);
        return card.ToString();
    }
}
