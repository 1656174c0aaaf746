using System.Text;

namespace SsaShare.Formats.Tests;

public sealed class CpfTests
{
    [Theory]
    [InlineData("H1 CPF  2 ", "H1 CPF  3 ", 1, "H1", "the version is not 1 or 2")]
    [InlineData("2018  6 13 10", "2018  6 31 10", 1, "H1", "the calendar has no such day")]
    [InlineData("900 1 1  0 0 0 1", "900 1 1  3 0 0 1", 2, "H2", "the reference frame is not 0, 1 or 2")]
    [InlineData("900 1 1  0 0 0 1", "900 1 1  0 0 0", 2, "H2", "the target's location is missing or no number")]
    [InlineData("900 1 1  0 0 0 1", "900 1 1  0 0 0 1 1", 2, "H2", "there is more after the last field")]
    [InlineData("H5 0.25", "H5 quarter", 3, "H5", "a number is expected")]
    [InlineData("H5 0.25", "H6 0.25", 3, "H6", "the format has no such record")]
    [InlineData("H9\n", "", 5, "H9", "the header has not ended here")]
    [InlineData("H2  1606902", "XX  1606902", 2, "H9", "the header has not ended here")]
    [InlineData("10 0 58281  86382", "10 3 58281  86382", 6, "direction", "is not 0, 1 or 2")]
    [InlineData("10 0 58281  86382", "10 0 58281  86400", 6, "second", "the day has no such second")]
    [InlineData("10 0 58282    882", "10 0 58280    882", 11, "10", "an earlier time than the position before")]
    [InlineData("3170080.159\n20", "3170080.159 0\n20", 6, "position", "there is more after the third coordinate")]
    [InlineData("20 0 1234.5", "20 1 1234.5", 7, "20", "no position of this direction before it")]
    [InlineData("30 0 0.0 0.5", "30 0 0.0", 8, "30", "4 numbers are expected")]
    [InlineData("70 58281 86382 0.1", "70 58281 86382 x", 10, "X_POLE_ARCSEC", "is missing or no number")]
    [InlineData("70 58281 86382", "71 58281 86382", 10, "71", "the format has no such record")]
    [InlineData("99\n", "99\n10\n", 13, "record", "text after the last record")]
    [InlineData("00 a comment", "00 a \u0001comment", 4, "line", "a control character")]
    public void Read_WhatTheStandardForbids_IsRefusedWithLineAndReason(string part, string by, long line, string field, string reason)
    {
        var issue = EphemerisText.Issues(EphemerisText.Read(CpfFormat.Cpf, EphemerisFuzzTests.Cpf.Replace(part, by, StringComparison.Ordinal)))[0];
        Assert.Equal((line, field, reason, IssueSeverity.Refused), (issue.Line, issue.Field, issue.Reason, issue.Severity));
    }

    [Fact]
    public void Read_RecordsOfAPosition_BelongToIt()
    {
        var values = EphemerisText.Values(EphemerisText.Read(CpfFormat.Cpf, EphemerisFuzzTests.Cpf));
        var points = values.OfType<EphemerisPoint>().ToList();
        Assert.Equal((new Vector3d(1.2345, -0.00125, 0.03), "0.0 0.5 0.0 1.0"), (points[0].VelocityKmPerS!.Value, points[0].Extras["CPF_30"]));
        Assert.Equal(("1", "1", null), (points[1].Extras["CPF_DIRECTION"], points[1].Extras["CPF_LEAP_SECOND"], points[1].VelocityKmPerS));
        EphemerisText.AssertRoundTrip(CpfFormat.Cpf, values);
    }

    [Fact]
    public void Read_UnknownRecordLeniently_IsKeptAndWritten()
    {
        var items = EphemerisText.Read(CpfFormat.Cpf, EphemerisFuzzTests.Cpf.Replace("70 58281", "71 58281", StringComparison.Ordinal), ReadMode.Lenient);
        Assert.Equal((IssueSeverity.Notice, "71"), (EphemerisText.Issues(items).Single().Severity, EphemerisText.Issues(items).Single().Field));
        EphemerisText.AssertRoundTrip(CpfFormat.Cpf, EphemerisText.Values(items), ReadMode.Lenient);
    }

    [Theory]
    [InlineData("cpf", EphemerisFuzzTests.Cpf, "29401194.353", "294O1194.353")]
    [InlineData("cpf", EphemerisFuzzTests.Cpf, "1234.5 ", "x ")]
    [InlineData("stk-e", StkText.Full, "0.5 .25", "0.5 .x")]
    [InlineData("sp3", Sp3Text.D, "-12593.593601", "-12593.59360x")]
    [InlineData("sp3", Sp3Text.C, "30337.940001", "30337.94000x")]
    [InlineData("moditc", ModItcTests.Text, "-5663.0", "-5663.x")]
    public void Read_RefusedPart_IsReadAgainByItself(string name, string text, string good, string bad)
    {
        var format = EphemerisFormats.All.Single(format => format.Name == name);
        var items = EphemerisText.Read(format, Encoding.UTF8.GetBytes(text.Replace(good, bad, StringComparison.Ordinal)), ReadMode.Lenient, keepsRefused: true);
        var part = items.Where(item => item.Refused is not null).Select(item => item.Refused!).Single(part => part.Text.Length > 0);
        string whole = Encoding.UTF8.GetString([.. part.Before.Span, .. part.Text.Span, .. part.After.Span]);
        Assert.Contains(part.Issues[0].Reason, EphemerisText.Issues(EphemerisText.Read(format, whole, ReadMode.Lenient)).Select(issue => issue.Reason));
        var mended = EphemerisText.Read(format, whole.Replace(bad, good, StringComparison.Ordinal), ReadMode.Lenient);
        Assert.DoesNotContain(EphemerisText.Issues(mended), issue => issue.Severity == IssueSeverity.Refused);
        Assert.InRange(EphemerisText.Values(mended).OfType<EphemerisPoint>().Count(), 1, 2);
    }
}
