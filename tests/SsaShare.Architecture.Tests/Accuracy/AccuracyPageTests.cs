using System.Xml.Linq;
using SsaShare.Accuracy;

namespace SsaShare.Architecture.Tests.Accuracy;

/// <summary>How ./ssa accuracy turns printed lines into the tables of docs/accuracy.md.</summary>
public sealed class AccuracyPageTests
{
    private static readonly MeasuredLine Frames = new("GCRF to ITRF", "SOFA", "max", 0.0221, "mm", Aim.AtMost(1));

    [Theory]
    [InlineData("F1", 0.622, "", true, 0.8)]
    [InlineData("95 %", 1.2e-7, "km", false, 1)]
    public void Parse_WhatWasPrinted_IsTheSame(string statistic, double value, string unit, bool hasAim, double aim)
    {
        var line = new MeasuredLine("manoeuvres of Jason-2, 91 burns", "operator's list", statistic, value, unit, hasAim ? Aim.AtLeast(aim) : null);
        Assert.Equal(line, MeasuredLine.Parse(line.ToString()));
    }

    [Theory]
    [InlineData("MEASURED turn by tides: 1 to 2 mas")]
    [InlineData("MEASURED a | b | max | many | km | -")]
    [InlineData("MEASURED a | b | max | 1 | km | 2")]
    [InlineData("measured a | b | max | 1 | km | -")]
    public void Parse_OtherForms_GivesNone(string line) => Assert.Null(MeasuredLine.Parse(line));

    [Theory]
    [InlineData(1, true)]
    [InlineData(1.001, false)]
    [InlineData(double.NaN, false)]
    public void IsMissed_AtMostOne_IsWhatIsNotBelow(double value, bool met) => Assert.Equal(!met, (Frames with { Value = value }).IsMissed);

    [Theory]
    [InlineData("a | b")]
    [InlineData("a\nb")]
    public void Say_PartWithABarOrALineBreak_Throws(string what) => Assert.Throws<ArgumentException>(() => Figure.Say(what, "c", "max", 1, "km"));

    [Fact]
    public void Rewrite_Page_FillsTheMarkersAndKeepsTheRest()
    {
        const string Page = "# Accuracy\n<!-- measured: when -->\nold\n<!-- end -->\nby hand\n<!-- measured: Orbits/Earth -->\n<!-- end -->\n<!-- measured: missed -->\nold\n<!-- end -->\n<!-- measured: others -->\nold\n<!-- end -->\nlast\n";
        List<Measurement> measured =
        [
            Of("Orbits/Earth", "FrameTests", Frames with { Statistic = "median", Value = 0.01, Aim = null }), Of("Orbits/Earth", "FrameTests", Frames),
            Of("Orbits/Sgp4", "SpeedTests", Frames with { What = "GCRF again", Value = 80.6 }), new("Fusion/Estimates", "OtherTests", "as it was", null),
        ];
        string expected = """
            # Accuracy
            <!-- measured: when -->
            Measured today.
            <!-- end -->
            by hand
            <!-- measured: Orbits/Earth -->
            | what | measured against | result | aim | test |
            |---|---|---|---|---|
            | GCRF to ITRF | SOFA | median 0.010, max 0.022 mm | max ≤ 1 met | FrameTests |
            <!-- end -->
            <!-- measured: missed -->
            | what | measured against | result | aim | test |
            |---|---|---|---|---|
            | GCRF again | SOFA | max 80.60 mm | ≤ 1 **missed** | SpeedTests |
            <!-- end -->
            <!-- measured: others -->
            | what | measured against | result | aim | test |
            |---|---|---|---|---|
            | GCRF again | SOFA | max 80.60 mm | ≤ 1 **missed** | SpeedTests |

            - as it was (OtherTests)
            <!-- end -->
            last

            """;
        string once = AccuracyPage.Rewrite(Page, measured, "Measured today.");
        Assert.Equal(expected, once, ignoreLineEndingDifferences: true);
        Assert.Equal(once, AccuracyPage.Rewrite(once, measured, "Measured today."));
    }

    [Fact]
    public void Rewrite_FigureWithoutAPlace_Throws()
        => Assert.Throws<FormatException>(() => AccuracyPage.Rewrite("<!-- measured: Orbits/Earth -->\n<!-- end -->\n", [Of("Orbits/Sgp4", "SpeedTests", Frames)], ""));

    [Fact]
    public void Read_ResultsOfXunit_GivesFolderTestAndLine()
    {
        var results = XDocument.Parse($"""
            <assemblies><assembly><collection>
            <test name="b" type="SsaShare.Orbits.Tests.FrameTests" source-file="/any/tests/SsaShare.Orbits.Tests/Earth/FrameTests.cs" source-line="9"><output><![CDATA[MEASURED plain
            ]]></output></test>
            <test name="a" type="SsaShare.Orbits.Tests.FrameTests" source-file="/any/tests/SsaShare.Orbits.Tests/Earth/FrameTests.cs" source-line="3"><output><![CDATA[not this
            {Frames}
            {Frames}
            ]]></output></test>
            <test name="c" type="SsaShare.Orbits.Tests.SilentTests" source-file="/any/tests/SsaShare.Orbits.Tests/SilentTests.cs" source-line="3" />
            </collection></assembly></assemblies>
            """);
        Assert.Equal([Of("Orbits/Earth", "FrameTests", Frames), new Measurement("Orbits/Earth", "FrameTests", "plain", null)], TestResults.Read([results]));
    }

    [Theory]
    [InlineData(0.866, "0.866")]
    [InlineData(23_914, "23,914")]
    [InlineData(1.2e-7, "1.2e-7")]
    [InlineData(-5_996.3, "-5,996")]
    [InlineData(0, "0")]
    public void Number_AnySize_ShowsAtLeastWhatMatters(double value, string expected) => Assert.Equal(expected, AccuracyTable.Number(value));

    private static Measurement Of(string folder, string test, MeasuredLine line) => new(folder, test, line.ToString()[MeasuredLine.Word.Length..], line);
}
