using System.Text;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

/// <summary>Every status of C2SP tlog-witness, "add-checkpoint", by the sentence of the specification that demands it.</summary>
public sealed class AddCheckpointRulesTests : IDisposable
{
    private const long Held = 5;
    private readonly GrowingLog _log = new("pacific");
    private readonly GrowingLog _stranger = new("harbour");

    public static TheoryData<string, int> Specified => new()
    {
        { "the next checkpoint with its proof", 200 },
        { "the same checkpoint again", 200 },
        { "a signature of an unknown key beside the log's", 200 },
        { "the origin is unknown", 404 },
        { "no signature of a trusted key is present", 403 },
        { "a line's name and id are a trusted key's and the signature fails to verify", 403 },
        { "the old size is above the checkpoint size", 400 },
        { "the old size is below the latest cosigned", 409 },
        { "the old size is above the latest cosigned", 409 },
        { "the old size is zero, to learn the latest", 409 },
        { "the proof does not verify", 422 },
        { "the proof is missing", 422 },
        { "the old size is the checkpoint size and the roots differ", 422 },
        { "the old size is the checkpoint size and there is a proof", 422 },
        { "a shorter history that is no prefix", 400 },
    };

    [Theory, MemberData(nameof(Specified))]
    public void Answer_EachCaseOfTheSpecification_HasItsStatus(string situation, int status)
        => Assert.Equal(status, Status(Submitted(situation), _log.Head(Held)));

    [Fact]
    public void Answer_FirstCheckpointEver_NeedsNoProofAndTakesNone()
    {
        var nothing = new LogHead(0, MerkleHash.EmptyRoot);
        Assert.Equal(200, Status(_log.Request(0, 7), nothing));
        Assert.Equal(422, Status(_log.Request(0, 7) with { Proof = [Hash256.Of([1])] }, nothing));
        Assert.Equal(409, Status(_log.Request(3, 7), nothing));
    }

    [Fact]
    public void Answer_SizeZero_NeedsTheRootOfTheEmptyTree()
    {
        var nothing = new LogHead(0, MerkleHash.EmptyRoot);
        Assert.Equal(200, Status(new(0, [], new Checkpoint(_log.Signer.Name, 0, MerkleHash.EmptyRoot).Sign(_log.Signer)), nothing));
        Assert.Equal(422, Status(new(0, [], new Checkpoint(_log.Signer.Name, 0, Hash256.Of([1])).Sign(_log.Signer)), nothing));
    }

    [Fact]
    public void TryParse_ACheckpointWithSixteenLongSignatures_IsRead()
    {
        string line = $"\u2014 post-quantum.example/witness {Convert.ToBase64String(new byte[4 + 5_000])}\n";
        byte[] body = [.. _log.Request(Held, 9).ToBytes(), .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 16)))];
        Assert.True(AddCheckpointRequest.TryParse(body, out var request, out string? fault), fault);
        Assert.Equal(17, request.Note.Signatures.Count);
        Assert.Equal(200, Status(request, _log.Head(Held)));
    }

    [Fact]
    public void Answer_OtherSize_TellsTheLatest()
        => Assert.Equal(new AddCheckpointAnswer.OtherSize(Held), AddCheckpointRules.Weigh(_log.Request(0, 9), Checkpointed(_log.Request(0, 9)), _log.Head(Held)));

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 00\n\n")]
    [InlineData("old -1\n\n")]
    [InlineData("old 9223372036854775808\n\n")]
    [InlineData("old  0\n\n")]
    [InlineData("new 0\n\n")]
    [InlineData("old 1\nAAAA\n\n")]
    [InlineData("old 1\r\n\r\n")]
    public void TryParse_NotOfTheForm_IsRefused(string head)
        => Assert.False(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(head + _log.Note(3)), out _, out _));

    [Fact]
    public void TryParse_SixtyFourProofLines_IsRefusedAndSixtyThreeAreRead()
    {
        var request = new AddCheckpointRequest(1, [.. Enumerable.Repeat(Hash256.Of([1]), 63)], _log.Note(3));
        Assert.True(AddCheckpointRequest.TryParse(request.ToBytes(), out _, out _));
        Assert.False(AddCheckpointRequest.TryParse((request with { Proof = [.. request.Proof, Hash256.Of([2])] }).ToBytes(), out _, out _));
    }

    [Fact]
    public void TryParse_SixteenLongSignatures_AreRead()
    {
        // A cosignature by ML-DSA-44 has 2,420 bytes, one by ML-DSA-87 4,627.
        string lines = string.Concat(Enumerable.Range(0, 15).Select(i => $"\u2014 witness.example/w{i} {Convert.ToBase64String(new byte[5_000])}\n"));
        byte[] body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_log.Request(3, 9).ToBytes()) + lines);
        Assert.True(AddCheckpointRequest.TryParse(body, out var request, out string? fault), fault);
        Assert.Equal(16, request.Note.Signatures.Count);
    }

    [Fact]
    public void TryParse_WhatWasWritten_IsTheSame()
    {
        var request = _log.Request(5, 9);
        Assert.True(AddCheckpointRequest.TryParse(request.ToBytes(), out var read, out _));
        Assert.Equal((5, request.Note.ToString()), (read.OldSize, read.Note.ToString()));
        Assert.Equal(request.Proof, read.Proof);
    }

    /// <summary>The body of the specification's own example is read; its keys are nobody's here.</summary>
    [Fact]
    public void TryParse_ExampleOfTheSpecification_IsRead()
    {
        const string Example = """
            old 20852014
            PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
            jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
            5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
            /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=

            """;
        Assert.True(AddCheckpointRequest.TryParse(Encoding.UTF8.GetBytes(Example.ReplaceLineEndings("\n")), out var request, out string? fault), fault);
        Assert.Equal((20852014, 4, 2), (request.OldSize, request.Proof.Count, request.Note.Signatures.Count));
        Assert.Equal(404, AddCheckpointRules.Authenticate(request, LogKey, out _)!.Status);
    }

    public void Dispose()
    {
        _log.Dispose();
        _stranger.Dispose();
    }

    private AddCheckpointRequest Submitted(string situation)
    {
        using var forked = _log.Fork();
        return situation switch
        {
            "the next checkpoint with its proof" => _log.Request(Held, 9),
            "the same checkpoint again" => _log.Request(Held, Held),
            "a signature of an unknown key beside the log's" => _log.Request(Held, 9) with { Note = WithStranger(_log.Note(9)) },
            "the origin is unknown" => _stranger.Request(0, 9),
            "no signature of a trusted key is present" => _log.Request(Held, 9) with { Note = SignedNote.Sign(_log.Note(9).Text, _stranger.Signer) },
            "a line's name and id are a trusted key's and the signature fails to verify" => _log.Request(Held, 9) with { Note = Moved(_log.Note(9), forked.Note(9)) },
            "the old size is above the checkpoint size" => new(Held, [], _log.Note(4)),
            "the old size is below the latest cosigned" => _log.Request(4, 9),
            "the old size is above the latest cosigned" => _log.Request(6, 9),
            "the old size is zero, to learn the latest" => _log.Request(0, 9),
            "the proof does not verify" => forked.Request(Held, 9),
            "the proof is missing" => _log.Request(Held, 9) with { Proof = [] },
            "the old size is the checkpoint size and the roots differ" => forked.Request(Held, Held),
            "the old size is the checkpoint size and there is a proof" => _log.Request(Held, Held) with { Proof = [Hash256.Of([1])] },
            "a shorter history that is no prefix" => new(Held, [], forked.Note(3)),
            _ => throw new ArgumentOutOfRangeException(nameof(situation)),
        };
    }

    private int Status(AddCheckpointRequest request, LogHead latest)
        => AddCheckpointRules.Authenticate(request, LogKey, out var checkpoint) is { } refused ? refused.Status
            : AddCheckpointRules.Weigh(request, checkpoint!, latest) switch
            {
                AddCheckpointAnswer.Cosign => 200,
                AddCheckpointAnswer.OtherSize => 409,
                AddCheckpointAnswer.Refused one => one.Status,
                _ => 0,
            };

    private Checkpoint Checkpointed(AddCheckpointRequest request)
    {
        Assert.Null(AddCheckpointRules.Authenticate(request, LogKey, out var checkpoint));
        return checkpoint!;
    }

    private NoteVerifier? LogKey(string origin, long size) => origin == _log.Signer.Name ? _log.Signer.Verifier : null;

    private SignedNote WithStranger(SignedNote note)
        => Parse(note + SignedNote.Sign(note.Text, _stranger.Signer).ToString()[(note.Text.Length + 1)..]);

    /// <summary>The text of one note over the signatures of another.</summary>
    private static SignedNote Moved(SignedNote text, SignedNote signatures) => Parse(text.Text + signatures.ToString()[signatures.Text.Length..]);

    private static SignedNote Parse(string note) => SignedNote.TryParse(Encoding.UTF8.GetBytes(note), out var parsed, out string? fault) ? parsed : throw new InvalidOperationException(fault);
}
