using Engagement.Import;
using Engagement.Samples;

if (args is not [var folder])
{
    Console.Error.WriteLine("Usage: Engagement.Samples FOLDER   writes the synthetic portfolio demo-association into it");
    return 2;
}

PortfolioFolder.Write(new DemoAssociation().Make(), folder);
return 0;
