using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange.Tests;

/// <summary>What two signed manifests of one provider prove, and what an honest provider may sign as well.</summary>
public sealed class ManifestContradictionTests
{
    private static readonly ManifestDocument First = new(DocumentContexts.Manifest.Text, Sample.Agreement, Sample.Pacific, Sample.Atlantic, 4, 9, null, 2, 5,
        Hash256.Of("items"u8), true, Sample.Now, Note(12));
    private static readonly SignedDocument Stored = Sign(First);

    private static ManifestDocument Next => First with { Previous = Stored.Id, AfterPosition = 9, ToPosition = 11, Checkpoint = Note(14), Watermark = Sample.Now.Plus(TimeSpan.FromSeconds(1)) };

    [Fact]
    public void Find_TheNextAnswer_IsNoContradiction()
    {
        Assert.Equal(ManifestContradiction.None, Find(Next));
        Assert.Equal(ManifestContradiction.None, Find(Next with { DelayS = 3_600, AfterPosition = 0 }));
        Assert.Equal(ManifestContradiction.None, Find(Next with { Source = FeedSource.Relayed, AfterPosition = 3 }));
    }

    [Fact]
    public void Find_FollowsAndDoesNotContinue_IsProof()
    {
        foreach (var other in new[] { Next with { AfterPosition = 4 }, Next with { AfterPosition = 10 }, Next with { Receiver = Sample.Caribbean }, Next with { Agreement = new AgreementId(Hash256.Of("another"u8)) } })
        {
            Assert.Equal(ManifestContradiction.Chain, Find(other));
            Assert.True(Equivocation.Of(Stored, Sign(other))!.Verify(Sample.Keys, out var contradiction, out _));
            Assert.Equal(ManifestContradiction.Chain, contradiction);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Find_LogWithoutWhatWasGiven_IsProof(long size) => Assert.Equal(ManifestContradiction.LogSize, Find(Next with { Checkpoint = Note(size) }));

    /// <summary>An answer that lists nothing is in no log, so the log need not have grown.</summary>
    [Fact]
    public void Find_LogAfterAnEmptyAnswer_NeedNotGrow()
    {
        var empty = Sign(First with { ItemCount = 0, PublicationCount = 0 });
        Assert.Equal(ManifestContradiction.None, ManifestContradictions.Find(empty, Sign(Next with { Previous = empty.Id, Checkpoint = Note(12) })));
    }

    [Fact]
    public void Find_ComposedAnewAfterALostAnswer_IsNoProof()
    {
        var anew = First with { ToPosition = 8, Watermark = Sample.Now.Plus(TimeSpan.FromSeconds(3)), ItemCount = 4, ItemRoot = Hash256.Of("fewer"u8) };
        Assert.Equal(ManifestContradiction.Fork, Find(anew));
        Assert.Null(Equivocation.Of(Stored, Sign(anew)));
    }

    [Fact]
    public void Find_WhatWasGivenBefore_IsNoProof()
    {
        Assert.Equal(ManifestContradiction.Replay, ManifestContradictions.Find(Stored, Stored));
        Assert.Equal(ManifestContradiction.Replay, Find(First with { Previous = Hash256.Of("an older one"u8), AfterPosition = 0, ToPosition = 4 }));
        Assert.False(ManifestContradiction.Replay.IsProof() || ManifestContradiction.Fork.IsProof() || ManifestContradiction.None.IsProof());
    }

    [Fact]
    public void Verify_NotBothSignedByTheProvider_ProvesNothing()
    {
        var forged = SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Manifest, DocumentJson.Write(Next with { AfterPosition = 4 }));
        var proof = Equivocation.Of(Stored, forged);
        Assert.False(proof!.Verify(Sample.Keys, out _, out string? fault));
        Assert.Contains("not signed by", fault, StringComparison.Ordinal);
        Assert.False(new Equivocation(Equivocation.TypeName, Stored.ToJson(), Sign(Next).ToJson()).Verify(Sample.Keys, out _, out fault));
        Assert.Contains("do not contradict", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_WhatWasWritten_GivesTheSame()
    {
        var proof = Equivocation.Of(Stored, Sign(Next with { AfterPosition = 4 }))!;
        Assert.True(Equivocation.TryParse(proof.ToJson(), out var read));
        Assert.Equal(Sample.Pacific, read.Provider);
        Assert.Equal(proof.ToJson(), read.ToJson());
        Assert.False(Equivocation.TryParse((proof with { Type = "ssashare/log-conflict/v1" }).ToJson(), out _));
    }

    [Fact]
    public void Parse_RandomMutatedOrCutOff_NeverThrows()
    {
        var random = new Random(20261122);
        byte[] proof = Equivocation.Of(Stored, Sign(Next with { AfterPosition = 4 }))!.ToJson();
        byte[] refused = AnswerRefusal.Of(Stored, Expected(InboxState.Start), Sample.Keys, "a reason").Refused.ToJson(), pause = new PauseEvent(Sample.Pacific, null, "operator").ToJson();
        byte[] restart = new RestartEvent(Sample.Agreement, Sample.Pacific, Stored.Id, 12, "operator", "restored").ToJson();
        for (int i = 0; i < Nightly.FuzzInputs / 3; i++)
        {
            if (Equivocation.TryParse(Altered(proof), out var read)) _ = (read.Provider, read.Verify(Sample.Keys, out _, out _));
            if (RefusedAnswer.TryParse(Altered(refused), out var answer)) Assert.NotNull(answer.Reason);
            if (PauseEvent.TryParse(Altered(pause), out var body)) Assert.NotNull(body.By);
            if (RestartEvent.TryParse(Altered(restart), out var begun)) Assert.True(begun.LogSizeMin >= 0);
        }

        byte[] Altered(byte[] bytes) => random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : Sample.Mutate(bytes, random);
    }

    [Fact]
    public void Refusal_OfAManifestThatTheProviderSigned_KeepsIt()
    {
        var state = InboxState.Start with { Manifest = Stored.Id, LastManifest = Stored };
        var second = Sign(Next with { AfterPosition = 4 });
        var (refused, proof, contradiction) = AnswerRefusal.Of(second, Expected(state), Sample.Keys, "it does not continue");
        Assert.Equal(second.ToJson(), refused.Manifest);
        Assert.NotNull(proof);
        Assert.Equal(ManifestContradiction.Chain, contradiction);
        Assert.True(RefusedAnswer.TryParse(refused.ToJson(), out var read));
        Assert.Equal(refused.Manifest, read.Manifest);
    }

    /// <summary>Signed by the provider, but in another's name: whoever verifies the proof asks for that one's signature.</summary>
    [Fact]
    public void Refusal_OfAManifestInTheNameOfAnother_IsNoProof()
    {
        var state = InboxState.Start with { Manifest = Stored.Id, LastManifest = Stored };
        var foreign = Sign(Next with { Provider = Sample.Atlantic });
        Assert.Equal(ManifestContradiction.None, ManifestContradictions.Find(Stored, foreign));
        var (refused, proof, contradiction) = AnswerRefusal.Of(foreign, Expected(state), Sample.Keys, "other parties");
        Assert.Equal(foreign.ToJson(), refused.Manifest);
        Assert.Equal((null, ManifestContradiction.None), (proof, contradiction));
    }

    /// <summary>What was stored last is no proof any more where its signature cannot be verified here.</summary>
    [Fact]
    public void Refusal_WithAProofThatDoesNotVerify_LogsNone()
    {
        var stored = SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Manifest, DocumentJson.Write(First));
        var (_, proof, _) = AnswerRefusal.Of(Sign(Next with { AfterPosition = 4, Previous = stored.Id }), Expected(InboxState.Start with { LastManifest = stored }), Sample.Keys, "no");
        Assert.Null(proof);
    }

    [Fact]
    public void Refusal_OfAManifestThatIsNotTheProviders_KeepsTheReasonAlone()
    {
        var forged = SignedDocument.Sign(Sample.AtlanticKey, DocumentContexts.Manifest, DocumentJson.Write(Next));
        foreach (var manifest in new[] { null, forged, Stored with { Payload = Sample.Utf8("{}") } })
        {
            var (refused, proof, _) = AnswerRefusal.Of(manifest, Expected(InboxState.Start with { LastManifest = Stored }), Sample.Keys, "forged");
            Assert.Equal(("forged", null, null), (refused.Reason, refused.Manifest, proof));
        }
    }

    private static ExpectedAnswer Expected(InboxState state) => new(Sample.Agreement, Sample.Pacific, Sample.Atlantic, [FeedLane.Prompt], state);

    private static ManifestContradiction Find(ManifestDocument after) => ManifestContradictions.Find(Stored, Sign(after));

    private static SignedDocument Sign(ManifestDocument manifest) => SignedDocument.Sign(Sample.PacificKey, DocumentContexts.Manifest, DocumentJson.Write(manifest));

    private static string Note(long size) => Sample.Checkpoint(Sample.PacificLog, size, Hash256.Of(BitConverter.GetBytes(size)));
}
