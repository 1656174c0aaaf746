using System.Globalization;
using System.Net;
using System.Text;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Scenario.Tests.Witnessing;

/// <summary>A log whose operator has its key and any number of histories: what a witness is for.</summary>
internal sealed class RogueLog(NoteSigner signer, string history)
{
    private readonly List<Hash256> _leaves = [];

    public LogHead Head(int size)
    {
        while (_leaves.Count < size) _leaves.Add(MerkleHash.Leaf(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{history} {_leaves.Count}"))));
        return new LogHead(size, MerkleTree.Root([.. _leaves.Take(size)]));
    }

    public SignedNote Note(int size) => new Checkpoint(signer.Name, size, Head(size).Root).Sign(signer);

    public AddCheckpointRequest Request(int from, int to)
    {
        var note = Note(to);
        Hash256[] proof = from == 0 ? [] : [.. ConsistencyProof.Ranges(from, to).Select(range => MerkleTree.Root([.. _leaves.Skip((int)range.Start).Take((int)range.Length)]))];
        return new AddCheckpointRequest(from, proof, note);
    }

    /// <summary>Posts a body to a node's witness, with a client certificate or without any.</summary>
    public static async Task<WitnessReply> PostAsync(HttpClient http, byte[] body, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(body);
        using var response = await http.PostAsync(new Uri("witness/add-checkpoint", UriKind.Relative), content, cancellationToken);
        return new WitnessReply(response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>The newest cosigned checkpoint as the witness's read interface gives it; null when there is none.</summary>
    public async Task<Checkpoint?> ReadAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"witness/{WitnessClient.HashOf(signer.Name)}/checkpoint", UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(Checkpoint.TryOpen(await response.Content.ReadAsByteArrayAsync(cancellationToken), signer.Verifier, out var checkpoint, out string? fault), fault);
        return checkpoint;
    }
}
