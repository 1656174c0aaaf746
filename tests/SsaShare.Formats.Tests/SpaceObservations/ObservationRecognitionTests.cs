namespace SsaShare.Formats.Tests;

/// <summary>Files of observations are told apart by their content, and no other file of the reference data is taken for one.</summary>
public sealed class ObservationRecognitionTests
{
    private static readonly Dictionary<string, string> Expected = new()
    {
        ["23558.obs"] = "b3", ["7734.OBS"] = "b3", ["IOD_data_compliant.txt"] = "iod", ["UK_data_compliant.txt"] = "uk", ["RDE_data_compliant.txt"] = "rde", ["RDE_data_noncompliant.txt"] = "rde",
        ["Rollover.frd"] = "crd", ["champ_201709-small.frd"] = "crd", ["crd201_all_samples"] = "crd", ["crd_all_fields.frd"] = "crd", ["crd_corrupted_data.v2C"] = "crd",
        ["crd_invalid_range_type.v2C"] = "crd", ["crd_unexpected_end_of_file.v2C"] = "crd", ["glonass125_trunc.frd"] = "crd", ["lageos1-test.npt"] = "crd", ["lageos2_201802.npt.v2C"] = "crd",
        ["lageos2_20160214.npt"] = "crd",
    };

    [Fact]
    public void FilesOfTheReferenceData_AreTakenForWhatTheyAre() => Assert.Equal(new SortedDictionary<string, string>(Expected, StringComparer.Ordinal), Found(Recognition.Likely));

    [Fact]
    public void FilesWhoseLinesAreWrong_MayStillBeWhatTheyLookLike()
    {
        var found = Found(Recognition.Possible);
        Assert.Equal(("iod", "uk", "uk"), (found["IOD_data_noncompliant.txt"], found["UK_data_noncompliant.txt"], found["DATA_UK_not_RDE.txt"]));
        Assert.Equal(["DATA_UK_not_RDE.txt", "IOD_data_noncompliant.txt", "UK_data_noncompliant.txt"], found.Keys.Except(Expected.Keys));
    }

    private static SortedDictionary<string, string> Found(Recognition least)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(TestFiles.Reference(""), "*", SearchOption.AllDirectories))
        {
            byte[] head = new byte[FileFormat.HeadBytes];
            using var stream = File.OpenRead(file);
            int count = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
            string names = string.Join(' ', SpaceObservationFormats.All.Where(format => format.Recognise(head.AsMemory(0, count)) >= least).Select(format => format.Name));
            if (names.Length > 0) found[Path.GetFileName(file)] = names;
        }
        return found;
    }
}
