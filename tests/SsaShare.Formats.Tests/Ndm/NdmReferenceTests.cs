namespace SsaShare.Formats.Tests;

/// <summary>Every file of the reference data under ccsds/, attitude messages excepted: the standards' own examples, messages as published, and Orekit's valid and deliberately invalid files.</summary>
public sealed class NdmReferenceTests
{
    /// <summary>Files that are no navigation data messages at all: other formats, and documents of encodings.</summary>
    private static readonly string[] Others = ["csv_resource.csv", "iss.txt", "tle_last-30-days.txt", "json_analyst.json", "jsonpp_weather.json"];

    /// <summary>What strict mode refuses first; whether lenient mode takes the whole file; why.</summary>
    private static readonly (string File, long Line, string Field, bool PassesLenient, string Why)[] Refused =
    [
        ("bluebook/kvn/ocm_g15.kvn", 12, "trajLine", false, "the book's own slip: CARTPV with accelerations"),
        ("bluebook/kvn/ocm_g17.kvn", 29, "MAN_COMPOSITION", false, "the book's own: a keyword's value broken over two lines of the page"),
        ("bluebook/kvn/ocm_g18.kvn", 46, "MAN_COMPOSITION", false, "the book's own: a value broken over two lines of the page"),
        ("bluebook/kvn/tdm_e17.kvn", 33, "RCS", false, "the book's own slip: two values for one epoch"),
        ("bluebook/xml/ndm_g22.xml", 193, "trajLine", false, "the book's own: numbers broken after their minus"),
        ("omm-encodings/kvn_visual.txt", 2, "CREATION_DATE", true, "mandatory keywords without values"),
        ("omm-encodings/xml_stations.xml", 4, "CREATION_DATE", true, "mandatory elements that are empty"),
        ("orekit/cdm/CDM-covariance-wrong-entry-format.txt", 65, "CRDOT_T", false, "not a number"),
        ("orekit/cdm/CDM-frame-mapper.txt", 41, "COVARIANCE_SOURCE", false, "keywords of 2.0 in a message of 1.0, and no covariance in RTN"),
        ("orekit/cdm/CDM-missing-TCA.txt", 5, "TCA", false, "missing"),
        ("orekit/cdm/CDM-missing-object2-state-vector.txt", 52, "X", false, "missing"),
        ("orekit/cdm/CDM-wrong-key-word.txt", 6, "WRONG_KEYWORD", true, "unknown"),
        ("orekit/cdm/CDMExample_issue1319_mandatory_empty_value.xml", 87, "X", false, "nil"),
        ("orekit/cdm/CDMExample_issue1458.xml", 24, "COLLISION_PROBABILITY", true, "optional elements that are empty"),
        ("orekit/cdm/CDMExample_issue988.txt", 18, "REF_FRAME", true, "not in the standard's order"),
        ("orekit/cdm/CDMExample_issue988_2.txt", 18, "REF_FRAME", true, "not in the standard's order"),
        ("orekit/lexical/minimalist-UCS-4-BE-BOM.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UCS-4-BE.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UCS-4-LE-BOM.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UCS-4-LE.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UTF-16-BE-BOM.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UTF-16-BE.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UTF-16-LE-BOM.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UTF-16-LE.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UTF-8-BOM.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/lexical/minimalist-UTF-8.kvn", 1, "file", false, "no message"),
        ("orekit/lexical/minimalist-UTF-8.xml", 2, "file", false, "well-formed, no message"),
        ("orekit/ndm/NDM-ocm-apm.xml", 33, "apm", false, "attitude messages are not read; the message before it is"),
        ("orekit/ndm/NDM-opm-entity.xml", 1, "file", false, "a DTD from elsewhere"),
        ("orekit/ndm/wrong-format.txt", 1, "CCSDS_NDM_VERS", false, "combined messages have no KVN"),
        ("orekit/odm/ocm/OCM-incompatible-units-dimension.txt", 11, "TRAJ_UNITS", false, "units of another dimension"),
        ("orekit/odm/ocm/OCM-incompatible-units-scale.txt", 11, "TRAJ_UNITS", false, "m for km"),
        ("orekit/odm/ocm/OCM-missing-maneuver-time.txt", 11, "MAN_COMPOSITION", false, "no time"),
        ("orekit/odm/ocm/OCM-missing-t0.txt", 8, "EPOCH_TZERO", false, "missing"),
        ("orekit/odm/ocm/OCM-spurious-metadata-section.txt", 13, "segment", false, "metadata twice"),
        ("orekit/odm/ocm/OCM-unknown-frame.txt", 12, "TRAJ_REF_FRAME", true, "a frame of no registry"),
        ("orekit/odm/ocm/OCM-wrong-nb-elements.txt", 11, "TRAJ_UNITS", false, "six values for CARTP"),
        ("orekit/odm/ocm/OCMExample4.txt", 117, "CENTER_NAME", true, "named valid there; one block has ORB_AVERAGING twice, once out of order"),
        ("orekit/odm/oem/OEM-Issue839.txt", 80, "EPOCH", true, "the last line twice"),
        ("orekit/odm/oem/OEM-covariance-number-format-error.txt", 52, "CY_Y", false, "not a number"),
        ("orekit/odm/oem/OEM-ephemeris-number-format-error.txt", 44, "Z", false, "not a number"),
        ("orekit/odm/oem/OEM-keyword-within-covariance.txt", 79, "EPOCH", true, "the last line twice; an unknown keyword"),
        ("orekit/odm/oem/OEM-keyword-within-ephemeris.txt", 24, "USER_DEFINED_TEST_KEY", true, "an OEM has no keywords of the user's"),
        ("orekit/odm/oem/OEM-too-few-covariance-columns.txt", 55, "covarianceMatrix", false, "four entries in the fifth line"),
        ("orekit/odm/oem/OEM-too-large-covariance-dimension.txt", 79, "EPOCH", false, "the last line twice; seven lines of a matrix"),
        ("orekit/odm/oem/OEM-too-many-covariance-columns.txt", 51, "covarianceMatrix", false, "six entries in the first line"),
        ("orekit/odm/oem/OEM-too-small-covariance-dimension.txt", 79, "EPOCH", false, "the last line twice; four lines of a matrix"),
        ("orekit/odm/oem/OEM-wrong-keyword.txt", 19, "WRONG_KEYWORD", true, "unknown"),
        ("orekit/odm/oem/OEMExample1.txt", 81, "EPOCH", true, "named valid there; the last line is there twice"),
        ("orekit/odm/oem/OEMExample5.txt", 16, "USEABLE_STOP_TIME", true, "named valid there; not in the standard's order"),
        ("orekit/odm/oem/OEMExample7.txt.post", 2, "file", false, "the second part of a file"),
        ("orekit/odm/oem/OEMExample7.txt.pre", 9, "file", false, "the first part of a file"),
        ("orekit/odm/oem/OEMExample8.txt", 6, "INTERPOLATION_DEGREE", true, "named valid there; INTERPOLATION without its degree"),
        ("orekit/odm/oem/OEMExampleWithHeaderComment.txt", 80, "EPOCH", true, "named valid there; the last line is there twice"),
        ("orekit/odm/omm/OMM-empty-object-id.txt", 6, "OBJECT_ID", true, "no value"),
        ("orekit/odm/omm/OMM-empty-object-id.xml", 11, "OBJECT_ID", true, "no value"),
        ("orekit/odm/omm/OMM-number-format-error.txt", 15, "ARG_OF_PERICENTER", false, "not a number"),
        ("orekit/odm/omm/spurious-metadata.xml", 17, "metadata", false, "metadata twice"),
        ("orekit/odm/opm/OPM-frame-mapper-gcrf.txt", 42, "COV_REF_FRAME", true, "a frame of no registry"),
        ("orekit/odm/opm/OPM-incompatible-units.txt", 20, "SOLAR_RAD_AREA", false, "s for m**2"),
        ("orekit/odm/opm/OPM-non-standard-units.txt", 16, "X", false, "m for km"),
        ("orekit/odm/opm/OPM-number-format-error.txt", 9, "EPOCH", false, "the year 0"),
        ("orekit/odm/opm/OPM-unknown-frame-mapper.txt", 12, "REF_FRAME", true, "a frame of no registry"),
        ("orekit/odm/opm/OPM-unknown-frame.txt", 7, "REF_FRAME", true, "a frame of no registry"),
        ("orekit/odm/opm/OPMExamplePartialManeuver.txt", 23, "MAN_DURATION", false, "named valid there; the block of a manoeuvre is given whole or not at all"),
        ("orekit/odm/opm/spurious-metadata.xml", 23, "metadata", false, "metadata twice"),
        ("orekit/tdm/kvn/TDM-data-inconsistent-line.txt", 25, "RECEIVE_FREQ_1", false, "not a number"),
        ("orekit/tdm/kvn/TDM-data-wrong-keyword.txt", 26, "WRONG_KEYWORD", true, "unknown"),
        ("orekit/tdm/kvn/TDM-issue963.txt", 25, "RECEIVE_FREQ_1", false, "not a number"),
        ("orekit/tdm/kvn/TDM-metadata-timesystem-not-implemented.txt", 7, "TIME_SYSTEM", true, "a time system of no registry"),
        ("orekit/tdm/kvn/TDM-metadata-wrong-keyword.txt", 16, "WRONG_KEYWORD", true, "unknown"),
        ("orekit/tdm/xml/TDM-data-inconsistent-block.xml", 31, "EPOCH", false, "an observation without epoch"),
        ("orekit/tdm/xml/TDM-data-wrong-keyword.xml", 45, "WRONG_KEYWORD", true, "unknown"),
        ("orekit/tdm/xml/TDM-external-doctype.xml", 1, "file", false, "a DTD from elsewhere"),
        ("orekit/tdm/xml/TDM-metadata-number-format-error.xml", 24, "TRANSMIT_DELAY_1", false, "not a number"),
        ("orekit/tdm/xml/TDM-metadata-timesystem-not-implemented.xml", 14, "TIME_SYSTEM", true, "a time system of no registry"),
        ("orekit/tdm/xml/TDM-metadata-wrong-keyword.xml", 23, "WRONG_KEYWORD", true, "unknown"),
        ("orekit/tdm/xml/TDM-missing-timesystem.xml", 16, "TIME_SYSTEM", false, "missing in one segment"),
    ];

    [Fact]
    public void Read_EveryFile_IsTakenOrRefusedAsListed()
    {
        var wrong = new List<string>();
        int taken = 0;
        foreach (var (file, bytes, syntax) in Files())
        {
            var strict = NdmFile.Read(bytes, syntax, ReadMode.Strict, file).Issues.Find(IsRefusal);
            var lenient = NdmFile.Read(bytes, syntax, ReadMode.Lenient, file).Issues.Find(IsRefusal);
            var listed = Refused.FirstOrDefault(one => one.File == file);
            if (listed.File is null ? strict is not null : strict is null || (strict.Line, strict.Field) != (listed.Line, listed.Field)) wrong.Add($"strict: {file}: {strict?.ToString() ?? "taken"}");
            if ((listed.File is null || listed.PassesLenient) != lenient is null) wrong.Add($"lenient: {file}: {lenient?.ToString() ?? "taken"}");
            if (strict is null) taken++;
        }
        Assert.Empty(wrong);
        Assert.Equal(138, taken);
    }

    [Fact]
    public void Write_EveryFile_FromKvnToXmlToJsonToKvnIsTheSame()
    {
        var wrong = new List<string>();
        foreach (var (file, bytes, syntax) in Files())
        {
            var events = NdmFile.Read(bytes, syntax, ReadMode.Lenient, file).Events;
            if (!events.Exists(one => one.Kind == NdmEventKind.MessageStart)) continue;
            var data = NdmFile.Data(events);
            foreach (var to in (NdmSyntax[])[NdmSyntax.Kvn, NdmSyntax.Xml, NdmSyntax.Json, NdmSyntax.Kvn])
            {
                var (back, issues) = NdmFile.Read(NdmFile.Write(events, to), to, ReadMode.Lenient);
                if (issues.Find(IsRefusal) is { } issue) wrong.Add($"{file}, {to}: {issue}");
                if (!NdmFile.Data(back).SequenceEqual(data)) wrong.Add($"{file}, {to}: {NdmFile.Data(back).Except(data).Concat(data.Except(NdmFile.Data(back))).FirstOrDefault() ?? "in another order"}");
                events = back;
            }
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void Write_EveryFileTakenStrictly_IsTakenStrictlyAgain()
    {
        foreach (var (file, bytes, syntax) in Files())
        {
            var (events, issues) = NdmFile.Read(bytes, syntax, ReadMode.Strict, file);
            if (issues.Exists(IsRefusal) || !events.Exists(one => one.Kind == NdmEventKind.MessageStart)) continue;
            foreach (var to in Enum.GetValues<NdmSyntax>())
                Assert.DoesNotContain(NdmFile.Read(NdmFile.Write(events, to), to).Issues, IsRefusal);
        }
    }

    [Theory]
    [InlineData("omm-encodings/kvn_visual.txt", 148)]
    [InlineData("omm-encodings/xml_stations.xml", 27)]
    public void Read_ElementsAsCelesTrakPublishesThem_AreAllThereInLenientMode(string file, int messages)
    {
        byte[] bytes = File.ReadAllBytes(TestFiles.Reference($"ccsds/{file}"));
        var events = NdmFile.Read(bytes, file.EndsWith(".xml", StringComparison.Ordinal) ? NdmSyntax.Xml : NdmSyntax.Kvn, ReadMode.Lenient).Events;
        Assert.Equal(messages, events.Count(one => one.Kind == NdmEventKind.MessageStart));
        Assert.Equal(messages, events.Count(one => one.Name == "NORAD_CAT_ID" && one.TryNumber(out double id) && id > 0));
    }

    /// <summary>The root element's name is read in every encoding.</summary>
    [Fact]
    public void Read_EncodingsOfXml_AreDecoded()
    {
        string folder = TestFiles.Reference("ccsds/orekit/lexical");
        foreach (string path in Directory.EnumerateFiles(folder, "*.xml"))
            Assert.Equal("greeting", Assert.Single(NdmFile.Read(File.ReadAllBytes(path), NdmSyntax.Xml).Issues).Value);
    }

    private static IEnumerable<(string File, byte[] Bytes, NdmSyntax Syntax)> Files()
    {
        string root = TestFiles.Reference("ccsds");
        foreach (string path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string file = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (file.Contains("/adm/", StringComparison.Ordinal) || file.EndsWith("LICENSE.txt", StringComparison.Ordinal) || Others.Contains(Path.GetFileName(file))) continue;
            yield return (file, File.ReadAllBytes(path), file.EndsWith(".xml", StringComparison.Ordinal) ? NdmSyntax.Xml : NdmSyntax.Kvn);
        }
    }

    private static bool IsRefusal(ReadIssue issue) => issue.Severity == IssueSeverity.Refused;
}
