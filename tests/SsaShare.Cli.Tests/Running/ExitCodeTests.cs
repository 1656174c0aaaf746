using SsaShare.Scenario.Tests;

namespace SsaShare.Cli.Tests.Running;

/// <summary>What the program ends with, and that its one line says what to do.</summary>
[Collection(CliTests.Name)]
public sealed class ExitCodeTests(CliFixture cli)
{
    private string Dir => cli.Node.Folder.Path;

    [Fact]
    public Task Status_OfRunningNode_Is0() => EndsAsync(0, "own records", "node", "status", "--dir", Dir);

    [Fact]
    public Task Init_OfExistingNode_Is1AndKeepsIt() => EndsAsync(1, "Choose another folder", "node", "init", "--dir", Dir, "--partner", "atlantic");

    [Theory]
    [InlineData("'nonsense'", "nonsense")]
    [InlineData("'FILE'", "publish")]
    [InlineData("--level", "publish", "x", "--level", "Secret")]
    [InlineData("is not a partner id", "node", "init", "--dir", "none", "--partner", "ATL!")]
    public Task WrongWords_Are2(string says, params string[] words) => EndsAsync(2, says, words);

    [Fact]
    public Task Proposal_ThatIsNoAgreement_Is2() => EndsAsync(2, "wrong.yaml: line 1", "agreement", "propose", cli.Write("wrong.yaml", "kind: ssashare/agreement/v1\ntitle: x\nparties: 5\n"), "--dir", Dir);

    [Fact]
    public Task File_ThatIsMissing_Is3() => EndsAsync(3, "nowhere.tdm", "publish", cli.In("nowhere.tdm"), "--dir", Dir);

    [Fact]
    public Task Folder_WithoutNode_Is3() => EndsAsync(3, "ssa node init", "node", "status", "--dir", cli.In("nowhere"));

    [Fact]
    public Task Agreement_ThatIsUnknown_Is3() => EndsAsync(3, "ssa agreement list", "agreement", "sign", "00000000", "--dir", Dir);

    [Fact]
    public Task Operator_WhoseCardIsNotPinned_Is4() => EndsAsync(4, "add your card", "catalog", "list", "--dir", cli.Stranger.Folder.Path, "--at", cli.Node.Folder.CardFile);

    [Fact]
    public Task Card_ThatDiffersFromThePinned_Is5()
    {
        using var other = ActingPartner.Create(cli.In("."), "pacific");
        return EndsAsync(5, "Another node card is pinned", "peer", "add", other.Folder.CardFile, "--dir", Dir);
    }

    [Fact]
    public Task Evidence_ThatIsNone_Is6() => EndsAsync(6, "not an evidence bundle", "audit", "verify", cli.Node.Folder.CardFile);

    [Fact]
    public Task Node_ThatDoesNotRun_Is7() => EndsAsync(7, "ssa node run", "node", "status", "--dir", cli.Pacific.Folder.Path);

    private static async Task EndsAsync(int exitCode, string says, params string[] words)
    {
        var end = await CliFixture.SsaAsync(words);
        Assert.True(end.ExitCode == exitCode, end.ToString());
        Assert.Contains(says, end.Output + end.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", end.Errors, StringComparison.Ordinal);
        if (exitCode > 2) Assert.StartsWith("ssa: ", end.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }
}
