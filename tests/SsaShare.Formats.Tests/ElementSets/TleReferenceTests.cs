using System.Text;

namespace SsaShare.Formats.Tests;

/// <summary>Catalogs, arcs and SGP4's own verification file (reference data: catalogs/, ccsds/omm-encodings/, obs/orbdtools/, sgp4/).</summary>
public sealed class TleReferenceTests
{
    public static TheoryData<string, int> Files => new()
    {
        { "catalogs/2013-10-23-lidtke/spaceTrack3LEs_23_10_2013.txt.gz", 14_917 },
        { "catalogs/2022-08-09/tle.txt.gz", 25_975 },
        { "ccsds/omm-encodings/iss.txt", 1 },
        { "ccsds/omm-encodings/tle_last-30-days.txt", 285 },
        { "obs/orbdtools/test1/tle_20220524.txt", 4_905 },
        { "obs/orbdtools/test3/tle_20220325.txt", 613 },
    };

    [Theory, MemberData(nameof(Files))]
    public void ReadAndWrite_WholeFile_ReadsBackEqual(string path, int sets)
    {
        var items = ElementFiles.Read(ElementFormats.Tle, ElementFiles.Reference(path));
        Assert.Empty(items.Where(item => item.Issue is not null).Take(3));
        Assert.Equal(sets, items.Count);
        var values = ElementFiles.Values(items);
        var (bytes, issues) = ElementFiles.Write(ElementFormats.ThreeLine, values);
        Assert.Empty(issues.Take(3));
        Assert.Equal(values, ElementFiles.Values(ElementFiles.Read(ElementFormats.ThreeLine, bytes)));
    }

    [Theory, MemberData(nameof(Files))]
    public void Write_WholeFile_GivesTheLinesThatWereRead(string path, int sets)
    {
        byte[] original = ElementFiles.Reference(path);
        var (bytes, _) = ElementFiles.Write(ElementFormats.Tle, ElementFiles.Values(ElementFiles.Read(ElementFormats.Tle, original)));
        var expected = Lines(original);
        var found = Lines(bytes);
        Assert.Equal((2 * sets, 2 * sets), (expected.Count, found.Count));
        Assert.Equal(expected.Select(Usual), found);
    }

    /// <summary>Three of its sets were made from others without mending their checksums.</summary>
    [Fact]
    public void Read_VerificationFileLeniently_GivesAllButThoseWithWrongChecksums()
    {
        var items = ElementFiles.Read(ElementFormats.Tle, ElementFiles.Reference("sgp4/SGP4-VER.TLE"), ReadMode.Lenient);
        Assert.Equal(30, ElementFiles.Values(items).Count);
        Assert.Equal([(100L, "CHECKSUM"), (101, "CHECKSUM"), (103, "CHECKSUM"), (106, "CHECKSUM"), (107, "CHECKSUM")], ElementFiles.Refusals(items).Select(issue => (issue.Line, issue.Field)));
        Assert.Equal(3, items.Count(item => item.Refused is not null));
        Assert.Equal([1L, 4], items.Where(item => item.Issue is { Severity: IssueSeverity.Notice }).Select(item => item.Issue!.Line));
        var old = ElementFiles.Values(items).Single(elements => elements.NoradCatId == 11_801);
        Assert.Equal((null, null, 1, 1L, 0.014311), (old.ObjectId, old.EphemerisType, old.ElementSetNumber, old.RevolutionAtEpoch, old.BStarPerEarthRadii));
    }

    /// <summary>Comments, and start, stop and step behind column 69, are no part of element sets.</summary>
    [Fact]
    public void Read_VerificationFileStrictly_RefusesEachSetAndCommentWithItsLine()
    {
        var items = ElementFiles.Read(ElementFormats.Tle, ElementFiles.Reference("sgp4/SGP4-VER.TLE"));
        Assert.Empty(ElementFiles.Values(items));
        Assert.Equal(33 + 44, items.Count(item => item.Refused is not null));
    }

    /// <summary>
    /// Publishers differ in how they write the same: a plus or a blank, blanks or zeros that lead, the sign of a power of 0, where the piece of a designator stands.
    /// This is ours, which Space-Track's catalog of today has too.
    /// </summary>
    private static string Usual(string line)
    {
        line = char.IsAsciiLetter(line[2]) ? line : $"{line[..2]}{line[2..7].Replace(' ', '0')}{line[7..]}";
        line = line[0] == '1'
            ? $"{line[..14]}{line[14..17].Trim(),-3} {line[18..20].Replace(' ', '0')}{line[20..23].Replace(' ', '0')}{line[23..33]}{line[33..44].Replace('+', ' ')}{Power(line[44..52])} {Power(line[53..61])}{line[61..64]}{Lead(line[64..68])}"
            : $"{line[..8]}{Lead(line[8..16])} {Lead(line[17..25])} {line[26..33].Replace(' ', '0')} {Lead(line[34..42])} {Lead(line[43..51])} {Lead(line[52..63])}{Lead(line[63..68])}";
        return line + line.Sum(c => char.IsAsciiDigit(c) ? c - '0' : c == '-' ? 1 : 0) % 10;

        static string Lead(string number) => System.Text.RegularExpressions.Regex.Replace(number, "^[ 0]+(?=[0-9])", "").PadLeft(number.Length);
        static string Power(string number) => (number[0] == '+' ? ' ' : number[0]) + (number[1..6] == "00000" ? "00000-0" : number[7] == '0' ? $"{number[1..6]}+0" : number[1..]);
    }

    private static List<string> Lines(byte[] bytes)
        => [.. Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length == 69 && line[0] is '1' or '2' && line[1] == ' ')];
}
