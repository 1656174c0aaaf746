using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace SsaShare.Scenario.Tests.Trust;

/// <summary>Answers to a call that are no messages: they swell, or never end.</summary>
internal static class HostileStreams
{
    private const int MemberBytes = 64 << 20, Members = 17;

    /// <summary>One message of a few megabytes on the wire, and of more than a gigabyte when it is decompressed.</summary>
    public static Func<HttpContext, Task> Bomb()
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(new byte[MemberBytes]);
        byte[] bytes = member.ToArray();
        return async context =>
        {
            context.Response.Headers["grpc-encoding"] = "gzip";
            await context.Response.Body.WriteAsync(Prefix(isCompressed: true, (uint)(bytes.Length * Members)), context.RequestAborted);
            // Members of one file follow each other: RFC 1952, section 2.2.
            for (int i = 0; i < Members; i++) await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        };
    }

    /// <summary>One message that announces more than anybody reads, and goes on sending.</summary>
    public static async Task HugeAsync(HttpContext context)
    {
        await context.Response.Body.WriteAsync(Prefix(isCompressed: false, int.MaxValue), context.RequestAborted);
        await ForeverAsync(context, new byte[64 * 1024]);
    }

    /// <summary>Empty messages without end, where one is expected.</summary>
    public static async Task ManyAsync(HttpContext context)
    {
        byte[] many = new byte[5 * 10_000];
        await ForeverAsync(context, many);
    }

    /// <summary>A message of a size that is read, of which one byte comes in each tenth of a second.</summary>
    public static async Task DripAsync(HttpContext context)
    {
        await context.Response.Body.WriteAsync(Prefix(isCompressed: false, 1 << 20), context.RequestAborted);
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(new byte[1], context.RequestAborted);
            await Task.Delay(100, context.RequestAborted);
        }
    }

    /// <summary>Nothing at all.</summary>
    public static Task SilenceAsync(HttpContext context) => Task.Delay(Timeout.Infinite, context.RequestAborted);

    /// <summary>Headers of a megabyte.</summary>
    public static async Task HeadersAsync(HttpContext context)
    {
        for (int i = 0; i < 256; i++) context.Response.Headers[$"x-{i}"] = new string('x', 4_096);
        await context.Response.Body.WriteAsync(Prefix(isCompressed: false, 0), context.RequestAborted);
    }

    private static async Task ForeverAsync(HttpContext context, byte[] bytes)
    {
        while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>The five bytes before a gRPC message.</summary>
    private static byte[] Prefix(bool isCompressed, uint length)
    {
        byte[] prefix = new byte[5];
        prefix[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix.AsSpan(1), length);
        return prefix;
    }
}
